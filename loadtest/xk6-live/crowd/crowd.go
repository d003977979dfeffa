// Package crowd holds thousands of screens on one thread: their sockets, their handshakes, what each holds of its scopes,
// and a count of whatever should not have come about.
package crowd

import (
	"container/heap"
	"fmt"
	"math/rand/v2"
	"sync"
	"syscall"
	"time"

	"jitasa/loadtest/xk6-live/wire"
)

// Options of a crowd; all its screens look at one hub.
type Options struct {
	// Host and Port of the hub, Name as it stands in the Host header.
	Host [4]byte
	Port int
	Name string
	// Version of the protocol that is spoken.
	Version int
	// Sources are local addresses, taken in turns; none: the kernel's choice.
	Sources [][4]byte
	// Nap between two laps over the sockets, in which no write of the hub wakes this process.
	Nap time.Duration
}

const (
	readBytes   = 256 << 10
	eventsMax   = 1024
	inFlightMax = 256
	lapMax      = 20 * time.Millisecond
	sweepEvery  = time.Second

	backOffMin = 250 * time.Millisecond
	backOffMax = 5 * time.Second
)

// Crowd of screens. Its methods may be called from any goroutine.
type Crowd struct {
	options Options
	mutex   sync.Mutex
	epoll   int
	sockets []*socket
	due     dues
	seen    *seen
	scopes  scopes
	empties map[string]*wire.State
	dying   []*socket

	epoch      string
	nowMs      float64
	open       int
	inFlight   int
	finishing  bool
	leaving    bool
	counts     counters
	latencies  [LatencyMsMax + 1]uint32
	problem    string
	room       []byte
	text       []byte
	frame      []byte
	sweptAt    time.Time
	done, gone chan struct{}
}

// New crowd, still empty.
func New(options Options) (*Crowd, error) {
	epoll, err := syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("epoll: %w", err)
	}
	c := &Crowd{
		options: options, epoll: epoll, seen: newSeen(), scopes: scopes{}, empties: map[string]*wire.State{},
		room: make([]byte, readBytes), done: make(chan struct{}), gone: make(chan struct{}),
	}
	c.tick()
	go c.run()
	return c, nil
}

// Add plans a screen that is opened at a moment and stays.
func (c *Crowd) Add(at time.Time, scopes []string, carrier Carrier, cookie string) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	s := &socket{screen: c.screen(scopes, carrier, cookie), fd: -1, index: int32(len(c.sockets)), comeBackMs: -1}
	s.held = make([]held, len(scopes))
	for i, scope := range scopes {
		s.held[i].state = c.empty(scope)
	}
	c.sockets = append(c.sockets, s)
	heap.Push(&c.due, dueAt{at, s})
}

// screen shares what is the same as the last socket's.
func (c *Crowd) screen(scopes []string, carrier Carrier, cookie string) *screen {
	for i := len(c.sockets) - 1; i >= 0 && i >= len(c.sockets)-200; i-- {
		if old := c.sockets[i].screen; old.carrier == carrier && old.cookie == cookie && equal(old.scopes, scopes) {
			return old
		}
	}
	return &screen{scopes: scopes, carrier: carrier, cookie: cookie}
}

func equal(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// empty is shared by all who hold nothing of a scope.
func (c *Crowd) empty(scope string) *wire.State {
	state := c.empties[scope]
	if state == nil {
		state = wire.Empty(scope)
		c.empties[scope] = state
	}
	return state
}

// Cut resets all sockets at once, as in a power cut; they come back at once.
func (c *Crowd) Cut() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for _, s := range c.sockets {
		if !s.open() {
			continue
		}
		c.counts.cut++
		c.shut(s, true)
		s.tries = 0
		heap.Push(&c.due, dueAt{time.Now(), s})
	}
}

// Finish asks about every scope a last time, when nobody writes any more.
func (c *Crowd) Finish() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.tick()
	c.finishing = true
	for _, s := range c.sockets {
		for i := range s.held {
			h := &s.held[i]
			h.last = waiting
			// The answer to an older question must not pass for the answer to this one: it waits.
			if s.open() && h.askedAt == 0 {
				c.askLast(s, h)
			}
		}
	}
}

// Close ends all sockets and the crowd.
func (c *Crowd) Close() {
	c.mutex.Lock()
	if c.leaving {
		c.mutex.Unlock()
		return
	}
	c.leaving = true
	c.mutex.Unlock()
	close(c.done)
	<-c.gone
}

func (c *Crowd) fail(problem string) {
	c.counts.errors++
	if c.problem == "" {
		c.problem = problem
	}
}

func (c *Crowd) tick() { c.nowMs = float64(time.Now().UnixMicro()) / 1000 }

// shut ends a connection; what is held stays. reset: without a TIME_WAIT, so that a storm does not run out of ports.
func (c *Crowd) shut(s *socket, reset bool) {
	switch s.phase {
	case closed:
		return
	case ready:
		c.open--
	case connecting, upgrading:
		c.inFlight--
	}
	if reset {
		_ = syscall.SetsockoptLinger(int(s.fd), syscall.SOL_SOCKET, syscall.SO_LINGER, &syscall.Linger{Onoff: 1})
	}
	_ = syscall.Close(int(s.fd))
	s.fd, s.phase, s.code = -1, closed, 0
	s.rest, s.fragments = nil, nil
	for i := range s.held {
		h := &s.held[i]
		h.askedAt = 0
		if h.last == asked {
			h.last = waiting
		}
	}
}

// lost: the connection is gone, or never came about. Its screen comes back as long as it may.
func (c *Crowd) lost(s *socket, code int) {
	if s.phase == closed {
		return
	}
	served := s.phase >= speaking
	if s.code != 0 {
		code = int(s.code)
	}
	c.shut(s, false)
	switch {
	case !served:
		c.counts.refused++
	case s.comeBackMs < 0:
		c.counts.closedByHub++
	}
	if !wire.MayReconnect(code) {
		c.counts.lostSockets++
		return
	}
	wait := time.Duration(s.comeBackMs) * time.Millisecond
	if s.comeBackMs < 0 {
		ceiling := min(backOffMax, backOffMin<<min(s.tries, 10))
		wait = time.Duration(rand.Int64N(int64(ceiling)))
	}
	s.comeBackMs = -1
	s.tries = min(s.tries+1, 20)
	heap.Push(&c.due, dueAt{time.Now().Add(wait), s})
}
