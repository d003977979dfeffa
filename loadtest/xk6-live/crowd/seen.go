package crowd

import (
	"bytes"
	"hash/maphash"

	"jitasa/loadtest/xk6-live/wire"
)

// Messages remembered: sockets of a scope get the same bytes, so that a message is read, unfolded and folded once for all.
const (
	seenMax      = 512
	seenBytesMax = 64 << 20
)

// message is a delta as it came, and what it made of the states it was folded into.
type message struct {
	bytes  []byte
	packed bool
	delta  *wire.Delta
	// text is the message that this one carries, packed or framed by Socket.IO; steps are its.
	text  *message
	steps []taken
}

type taken struct {
	from, to *wire.State
	outcome  wire.Outcome
}

type seen struct {
	seed  maphash.Seed
	known map[uint64]*message
	order []uint64
	bytes int
}

func newSeen() *seen {
	return &seen{seed: maphash.MakeSeed(), known: map[uint64]*message{}}
}

func (s *seen) find(payload []byte, packed bool) (*message, uint64) {
	hash := maphash.Bytes(s.seed, payload)
	if packed {
		hash = ^hash
	}
	if m := s.known[hash]; m != nil && m.packed == packed && bytes.Equal(m.bytes, payload) {
		return m, hash
	}
	return nil, hash
}

func (s *seen) add(hash uint64, m *message) *message {
	if old := s.known[hash]; old != nil {
		s.bytes -= len(old.bytes)
	} else {
		s.order = append(s.order, hash)
	}
	s.known[hash] = m
	s.bytes += len(m.bytes)
	for len(s.order) > 1 && (len(s.order) > seenMax || s.bytes > seenBytesMax) {
		s.bytes -= len(s.known[s.order[0]].bytes)
		delete(s.known, s.order[0])
		s.order = s.order[1:]
	}
	return m
}

// delta of a text, or of what a carrier wrapped around it.
func (s *seen) delta(payload []byte, packed bool, unwrap func([]byte) (string, error)) (*message, error) {
	m, hash := s.find(payload, packed)
	if m != nil {
		return m.inner(), nil
	}
	m = &message{bytes: bytes.Clone(payload), packed: packed}
	text, err := unwrap(m.bytes)
	if err != nil {
		return nil, err
	}
	if packed || len(text) != len(payload) {
		inner, err := s.delta([]byte(text), false, plain)
		if err != nil {
			return nil, err
		}
		m.text = inner
		s.add(hash, m)
		return inner, nil
	}
	if m.delta, err = wire.ParseDelta(text); err != nil {
		return nil, err
	}
	return s.add(hash, m), nil
}

func (m *message) inner() *message {
	if m.text != nil {
		return m.text
	}
	return m
}

func plain(bytes []byte) (string, error) { return string(bytes), nil }

// fold gives the state after a delta, computed once for all who hold the same.
func (c *Crowd) fold(m *message, from *wire.State) (*wire.State, wire.Outcome, error) {
	key := from
	if m.delta.From == 0 {
		// Whatever was held is replaced.
		key = nil
	}
	for _, step := range m.steps {
		if step.from == key {
			return step.to, step.outcome, nil
		}
	}
	to, outcome, err := from.Fold(m.delta)
	if err != nil {
		return from, outcome, err
	}
	if outcome == wire.Applied || outcome == wire.Replaced {
		to = c.scopes.known(to)
	}
	m.steps = append(m.steps, taken{key, to, outcome})
	return to, outcome, nil
}

// statesKnown of a scope are compared with a new one: who came another way to the same, holds the same.
const statesKnown = 64

type scopes map[string][]*wire.State

func (s scopes) known(state *wire.State) *wire.State {
	states := s[state.Scope]
	for i := len(states) - 1; i >= 0; i-- {
		if states[i].Same(state) {
			return states[i]
		}
	}
	if len(states) >= statesKnown {
		states = append(states[:0], states[1:]...)
	}
	s[state.Scope] = append(states, state)
	return state
}
