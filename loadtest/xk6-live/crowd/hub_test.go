package crowd

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"jitasa/loadtest/xk6-live/wire"
)

// fakeHub says what a test wants it to say.
type fakeHub struct {
	listener net.Listener
	peers    chan *peer
	// refuse answers handshakes with 503.
	mutex  sync.Mutex
	refuse bool
}

type peer struct {
	conn net.Conn
	head string
	said chan string
	code chan int
}

func newHub(t *testing.T) *fakeHub {
	t.Helper()
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	hub := &fakeHub{listener: listener, peers: make(chan *peer, 10_000)}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go hub.greet(conn)
		}
	}()
	return hub
}

func (h *fakeHub) refuses(refuse bool) {
	h.mutex.Lock()
	h.refuse = refuse
	h.mutex.Unlock()
}

func (h *fakeHub) greet(conn net.Conn) {
	reader := bufio.NewReaderSize(conn, 512)
	var head strings.Builder
	for !strings.HasSuffix(head.String(), "\r\n\r\n") {
		line, err := reader.ReadString('\n')
		if err != nil {
			return
		}
		head.WriteString(line)
	}
	h.mutex.Lock()
	refuse := h.refuse
	h.mutex.Unlock()
	if refuse {
		io.WriteString(conn, "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
		conn.Close()
		return
	}
	fmt.Fprintf(conn, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n", handshakeAccept)
	p := &peer{conn: conn, head: head.String(), said: make(chan string, 64), code: make(chan int, 1)}
	h.peers <- p
	p.listen(reader)
}

func (p *peer) listen(reader *bufio.Reader) {
	defer close(p.said)
	for {
		var head [2]byte
		if _, err := io.ReadFull(reader, head[:]); err != nil {
			return
		}
		length := int(head[1] & 127)
		if length == 126 {
			var more [2]byte
			io.ReadFull(reader, more[:])
			length = int(binary.BigEndian.Uint16(more[:]))
		}
		body := make([]byte, 4+length)
		if _, err := io.ReadFull(reader, body); err != nil {
			return
		}
		p.said <- string(body[4:])
	}
}

func frame(opcode byte, final bool, payload []byte) []byte {
	first := opcode
	if final {
		first |= 0x80
	}
	switch n := len(payload); {
	case n < 126:
		return append([]byte{first, byte(n)}, payload...)
	case n < 1<<16:
		return append([]byte{first, 126, byte(n >> 8), byte(n)}, payload...)
	default:
		return append(binary.BigEndian.AppendUint64([]byte{first, 127}, uint64(n)), payload...)
	}
}

func (p *peer) text(text string) { p.conn.Write(frame(wire.OpText, true, []byte(text))) }

func (p *peer) close(code uint16) {
	p.conn.Write(frame(wire.OpClose, true, binary.BigEndian.AppendUint16(nil, code)))
	p.conn.Close()
}

type question struct {
	T, S, E string
	At      uint64
}

// asks is the next thing the screen says.
func (p *peer) asks(t *testing.T) question {
	t.Helper()
	select {
	case text, ok := <-p.said:
		var q question
		if err := json.Unmarshal([]byte(text), &q); !ok || err != nil {
			t.Fatalf("the screen said %q, %v", text, err)
		}
		return q
	case <-time.After(5 * time.Second):
		t.Fatal("the screen says nothing")
	}
	return question{}
}

func (h *fakeHub) next(t *testing.T) *peer {
	t.Helper()
	select {
	case p := <-h.peers:
		return p
	case <-time.After(10 * time.Second):
		t.Fatal("no screen comes")
	}
	return nil
}

func (h *fakeHub) crowd(t *testing.T, sources ...[4]byte) *Crowd {
	t.Helper()
	c, err := New(Options{Host: [4]byte{127, 0, 0, 1}, Port: h.listener.Addr().(*net.TCPAddr).Port, Name: "hub", Version: 8, Sources: sources})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// until waits for the counts to be so; they are added up.
func until(t *testing.T, c *Crowd, sum map[string]int, name string, count int) Tally {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); ; {
		tally := c.Take()
		for name, more := range tally.Counts {
			sum[name] += more
		}
		if sum[name] >= count {
			return tally
		}
		if time.Now().After(end) {
			t.Fatalf("%s stays %d of %d; problem %q, all %v", name, sum[name], count, tally.Problem, sum)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// deltas of the cell waiting.red|TH, as a hub would send them.
type deltas struct{ state *wire.State }

func (d *deltas) next(t *testing.T, from, to uint64, value int64) string {
	t.Helper()
	key := "waiting.red|TH"
	cell := wire.Cell{Key: key, KeyHash: wire.HashText(key), Value: value}
	sum := wire.CellHash(cell.KeyHash, value)
	d.state, _, _ = d.state.Fold(&wire.Delta{From: from, To: to, Cells: []wire.Cell{cell}, Sum: sum})
	return deltaText(from, to, sum, fmt.Sprintf(`["waiting.red","TH",%d]`, value))
}

func deltaText(from, to uint64, sum uint32, cells string) string {
	return fmt.Sprintf(`{"t":"delta","s":"nation","from":%d,"to":%d,"sum":%d,"at":%d,"c":[%s],"r":[],"x":[]}`, from, to, sum, time.Now().UnixMilli(), cells)
}
