package crowd

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"jitasa/loadtest/xk6-live/wire"
)

// Carrier a screen comes by. Packed: /live with z=1, as the dashboard connects.
type Carrier uint8

const (
	Live Carrier = iota
	Packed
	Socketio
)

// CarrierOf a name that scripts use.
func CarrierOf(name string) (Carrier, error) {
	for i, known := range []string{"live", "packed", "socketio"} {
		if name == known {
			return Carrier(i), nil
		}
	}
	return 0, fmt.Errorf("a carrier is live, packed or socketio, not %q", name)
}

func (carrier Carrier) path(version int) string {
	switch carrier {
	case Packed:
		return fmt.Sprintf("/live?v=%d&z=1", version)
	case Socketio:
		return fmt.Sprintf("/socket.io/?EIO=4&transport=websocket&v=%d", version)
	}
	return fmt.Sprintf("/live?v=%d", version)
}

var (
	deltaHead  = []byte(`{"t":"delta"`)
	beatHead   = []byte(`{"t":"beat"`)
	eventHead  = []byte(`42["`)
	closeHead  = []byte(`42["close",`)
	deltaEvent = []byte(`42["delta",`)
	beatEvent  = []byte(`42["beat",`)
)

// message of a frame, text or binary. It says false where the socket must go.
func (c *Crowd) message(s *socket, opcode byte, payload []byte) bool {
	switch {
	case opcode == wire.OpBinary:
		c.counts.packedBytes += len(payload)
		return c.deltaOf(s, payload, true, wire.Unpack)
	case s.screen.carrier == Socketio:
		return c.packet(s, payload)
	case bytes.HasPrefix(payload, deltaHead):
		return c.deltaOf(s, payload, false, plain)
	case !bytes.HasPrefix(payload, beatHead):
		c.other(s, payload)
	}
	return true
}

func (c *Crowd) deltaOf(s *socket, payload []byte, packed bool, unwrap func([]byte) (string, error)) bool {
	m, err := c.seen.delta(payload, packed, unwrap)
	if err != nil {
		c.fail(err.Error())
		return false
	}
	c.hear(s, m, len(payload))
	return true
}

// packet of Engine.IO: 0 opens, 2 is answered by 3, 4 is Socket.IO's: 0 connected, 2 an event.
func (c *Crowd) packet(s *socket, payload []byte) bool {
	switch {
	case bytes.HasPrefix(payload, deltaEvent):
		return c.deltaOf(s, payload, false, eventText)
	case bytes.HasPrefix(payload, beatEvent):
	case bytes.HasPrefix(payload, closeHead):
		var said [2]json.RawMessage
		var why struct{ Code int }
		if json.Unmarshal(payload[2:], &said) == nil && json.Unmarshal(said[1], &why) == nil {
			s.code = uint16(why.Code)
		}
	case bytes.HasPrefix(payload, eventHead):
		text, err := eventText(payload)
		if err != nil {
			c.fail(err.Error())
			return false
		}
		c.other(s, []byte(text))
	case string(payload) == "2":
		c.send(s, wire.OpText, "3")
	case bytes.HasPrefix(payload, []byte("0{")):
		c.send(s, wire.OpText, "40")
	case bytes.HasPrefix(payload, []byte("40")):
		c.opened(s)
	}
	return true
}

// eventText is the message in 42["name",message].
func eventText(payload []byte) (string, error) {
	text := string(payload)
	comma := strings.IndexByte(text, ',')
	if comma < 0 || !strings.HasSuffix(text, "]") {
		return "", fmt.Errorf("no event: %.80s", text)
	}
	return text[comma+1 : len(text)-1], nil
}

// say a message of the protocol.
func (c *Crowd) say(s *socket, text string) {
	if s.screen.carrier == Socketio {
		text = `42["m",` + text + `]`
	}
	c.send(s, wire.OpText, text)
}
