package crowd

import (
	"container/heap"
	"syscall"
	"time"
)

// dueAt is a socket that is to be opened.
type dueAt struct {
	at     time.Time
	socket *socket
}

type dues []dueAt

func (d dues) Len() int           { return len(d) }
func (d dues) Less(i, j int) bool { return d[i].at.Before(d[j].at) }
func (d dues) Swap(i, j int)      { d[i], d[j] = d[j], d[i] }
func (d *dues) Push(x any)        { *d = append(*d, x.(dueAt)) }
func (d *dues) Pop() any {
	last := len(*d) - 1
	x := (*d)[last]
	(*d)[last] = dueAt{}
	*d = (*d)[:last]
	return x
}

// run is the crowd's thread: laps over the sockets that have something to say.
func (c *Crowd) run() {
	defer close(c.gone)
	events := make([]syscall.EpollEvent, eventsMax)
	for {
		select {
		case <-c.done:
			c.end()
			return
		default:
		}
		count, err := syscall.EpollWait(c.epoll, events, int(lapMax/time.Millisecond))
		if err != nil && err != syscall.EINTR {
			c.mutex.Lock()
			c.fail("epoll_wait: " + err.Error())
			c.mutex.Unlock()
			<-c.done
			c.end()
			return
		}
		c.lap(events[:max(count, 0)])
		// A lap that was full goes on with those behind; else what comes meanwhile is taken together.
		if count < eventsMax && c.options.Nap > 0 {
			time.Sleep(c.options.Nap)
		}
	}
}

func (c *Crowd) lap(events []syscall.EpollEvent) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.tick()
	for _, event := range events {
		// One that was closed in this lap may have another descriptor by now.
		if s := c.sockets[event.Fd]; s.fd == event.Pad {
			c.turn(s)
			c.bury()
		}
	}
	now := time.Now()
	for len(c.due) > 0 && c.inFlight < inFlightMax && !c.due[0].at.After(now) {
		s := heap.Pop(&c.due).(dueAt).socket
		if err := c.connect(s); err != nil {
			c.unconnected(s, err)
		}
	}
	if now.Sub(c.sweptAt) >= sweepEvery {
		c.sweptAt = now
		c.sweep()
	}
	c.bury()
}

// unconnected: this machine has no socket, no port or no such address. That is no fault of the hub.
func (c *Crowd) unconnected(s *socket, err error) {
	c.fail("a socket cannot be opened: " + err.Error())
	c.shut(s, false)
	heap.Push(&c.due, dueAt{time.Now().Add(backOffMax), s})
}

func (c *Crowd) turn(s *socket) {
	if s.phase == connecting {
		if err := c.askUpgrade(s); err != nil {
			c.lost(s, 1006)
		}
		return
	}
	if code, alive := c.read(s); !alive {
		c.lost(s, code)
	}
}

// bury ends those who could not be written to.
func (c *Crowd) bury() {
	for len(c.dying) > 0 {
		s := c.dying[len(c.dying)-1]
		c.dying = c.dying[:len(c.dying)-1]
		c.lost(s, 1006)
	}
}

// upgradedNow: a socket of /live speaks at once, one of Socket.IO when it is in the namespace.
func (c *Crowd) upgradedNow(s *socket) {
	s.phase = speaking
	c.inFlight--
	if s.screen.carrier != Socketio {
		c.opened(s)
	}
}

func (c *Crowd) opened(s *socket) {
	s.phase = ready
	s.tries = 0
	c.open++
	c.counts.opened++
	switch s.screen.carrier {
	case Live:
		c.counts.openedLive++
	case Packed:
		c.counts.openedPacked++
	case Socketio:
		c.counts.openedSocketio++
	}
	for i := range s.held {
		c.ask(s, &s.held[i])
	}
}

func (c *Crowd) end() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for _, s := range c.sockets {
		c.shut(s, true)
	}
	_ = syscall.Close(c.epoll)
}
