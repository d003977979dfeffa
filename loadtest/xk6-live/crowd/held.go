package crowd

import (
	"encoding/json"
	"strconv"

	"jitasa/loadtest/xk6-live/wire"
)

// unansweredMs: a question is answered at the latest after 5 s (rule S5); the machine may be late by as much again.
const unansweredMs = 10_000

// What became of the last question of the run, when nobody writes any more: who held the present learns nothing new.
const (
	notAsked uint8 = iota
	waiting
	asked
	level
	behind
)

// held is what a socket holds of a scope. There are tens of thousands: it is 24 bytes.
type held struct {
	state *wire.State
	// askedAt: ms since 1970, of the question without an answer; 0: none
	askedAt int64
	last    uint8
	// missed has been counted as unanswered
	missed bool
}

// ask about a scope by the position held: after an outage only what was missed comes.
func (c *Crowd) ask(s *socket, h *held) {
	h.askedAt, h.missed = int64(c.nowMs), false
	text := append(c.text[:0], `{"t":"sub","s":`...)
	text = strconv.AppendQuote(text, h.state.Scope)
	text = append(text, `,"at":`...)
	text = strconv.AppendUint(text, h.state.Position, 10)
	if c.epoch != "" {
		text = append(text, `,"e":`...)
		text = strconv.AppendQuote(text, c.epoch)
	}
	c.text = append(text, '}')
	c.say(s, string(c.text))
}

func (c *Crowd) askLast(s *socket, h *held) {
	h.last = asked
	c.ask(s, h)
}

func (c *Crowd) hear(s *socket, m *message, bytes int) {
	d := m.delta
	h := s.holding(d.Scope)
	if h == nil {
		return
	}
	c.counts.bytes += bytes
	waits := false
	if h.askedAt != 0 {
		// Live deltas may come before the answer to a question that was asked in the midst of them.
		if d.From > h.state.Position {
			return
		}
		h.askedAt = 0
		switch {
		case h.last == asked && d.From != 0 && d.Nothing():
			h.last = level
		case h.last == asked:
			h.last = behind
		}
		waits = h.last == waiting
		if d.From == 0 {
			c.counts.snapshots++
			// A whole scope is taken for the truth, so an old one takes the screen back.
			if d.To < h.state.Position {
				c.counts.stale++
			}
		} else {
			c.counts.resumed++
		}
	} else {
		c.delivered(d.At)
	}
	c.take(s, h, m)
	if waits {
		c.askLast(s, h)
	}
}

func (c *Crowd) take(s *socket, h *held, m *message) {
	state, outcome, err := c.fold(m, h.state)
	if err != nil {
		c.fail(err.Error())
		return
	}
	switch outcome {
	case wire.Gap:
		c.counts.gaps++
		c.ask(s, h)
	case wire.Wrong:
		c.counts.folded++
		c.counts.mismatches++
		c.say(s, `{"t":"wrong","s":`+strconv.Quote(h.state.Scope)+`}`)
		h.state = c.empty(h.state.Scope)
		c.ask(s, h)
	case wire.Applied, wire.Replaced:
		c.counts.folded++
		h.state = state
	}
}

// other messages than deltas; bye and deny are what a screen acts on.
func (c *Crowd) other(s *socket, text []byte) {
	var said struct {
		T, E, S string
		In      float64
	}
	if err := json.Unmarshal(text, &said); err != nil {
		c.fail("no message: " + err.Error())
		return
	}
	switch said.T {
	case "hello":
		c.epoch = said.E
	case "bye":
		s.comeBackMs = int32(said.In)
	case "deny":
		c.counts.denied++
		if h := s.holding(said.S); h != nil {
			h.askedAt = 0
		}
	}
}

// sweep counts the questions that have waited for too long, each once.
func (c *Crowd) sweep() {
	for _, s := range c.sockets {
		for i := range s.held {
			if h := &s.held[i]; h.askedAt != 0 && !h.missed && int64(c.nowMs)-h.askedAt >= unansweredMs {
				h.missed = true
				c.counts.unanswered++
			}
		}
	}
}

func (s *socket) holding(scope string) *held {
	for i := range s.held {
		if s.held[i].state.Scope == scope {
			return &s.held[i]
		}
	}
	return nil
}
