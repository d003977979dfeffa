package crowd

import (
	"bytes"
	"compress/flate"
	"runtime"
	"strings"
	"testing"
	"time"
	"unsafe"

	"jitasa/loadtest/xk6-live/wire"
)

const hello = `{"t":"hello","v":8,"e":"one","now":1,"tickMs":100,"beatMs":1000,"paintMs":1000,"build":"x"}`

// served gives a crowd of one screen that holds the nation at position 10.
func served(t *testing.T, carrier Carrier) (*fakeHub, *Crowd, *peer, *deltas, map[string]int) {
	t.Helper()
	hub := newHub(t)
	c := hub.crowd(t)
	c.Add(time.Now(), []string{"nation"}, carrier, "session=x")
	p := hub.next(t)
	d := &deltas{wire.Empty("nation")}
	sum := map[string]int{}
	p.text(hello)
	if q := p.asks(t); q != (question{T: "sub", S: "nation"}) {
		t.Fatalf("the screen asks %+v", q)
	}
	p.text(d.next(t, 0, 10, 3))
	until(t, c, sum, "snapshots", 1)
	return hub, c, p, d, sum
}

func TestAScreenFollowsAndFolds(t *testing.T) {
	_, c, p, d, sum := served(t, Live)
	if !strings.HasPrefix(p.head, "GET /live?v=8 HTTP/1.1\r\nHost: hub\r\n") || !strings.Contains(p.head, "Cookie: session=x\r\n") {
		t.Fatalf("the handshake: %s", p.head)
	}
	p.text(d.next(t, 10, 20, 4))
	p.text(`{"t":"beat","now":1,"to":20,"live":true,"lag":0}`)
	p.text(d.next(t, 20, 30, 5))
	tally := until(t, c, sum, "deliveries", 2)
	if sum["folded"] != 3 || sum["gaps"] != 0 || sum["mismatches"] != 0 || sum["opened:live"] != 1 || tally.Sockets != 1 || tally.Problem != "" {
		t.Fatalf("%v %+v", sum, tally)
	}
}

func TestAGapIsCountedAndAskedForByThePositionHeld(t *testing.T) {
	_, c, p, d, sum := served(t, Live)
	p.text(d.next(t, 15, 20, 4))
	if q := p.asks(t); q != (question{T: "sub", S: "nation", E: "one", At: 10}) {
		t.Fatalf("the screen asks %+v", q)
	}
	p.text(deltaText(10, 20, wire.CellHash(wire.HashText("waiting.red|TH"), 4), `["waiting.red","TH",4]`))
	until(t, c, sum, "resumed", 1)
	if sum["gaps"] != 1 || sum["mismatches"] != 0 {
		t.Fatalf("%v", sum)
	}
}

func TestAWrongSumIsCountedToldAndAskedForWhole(t *testing.T) {
	_, c, p, _, sum := served(t, Live)
	p.text(deltaText(10, 20, 1, `["waiting.red","TH",4]`))
	if q := p.asks(t); q.T != "wrong" || q.S != "nation" {
		t.Fatalf("the screen says %+v", q)
	}
	if q := p.asks(t); q.T != "sub" || q.At != 0 {
		t.Fatalf("the screen asks %+v", q)
	}
	until(t, c, sum, "mismatches", 1)
}

func TestAnOldWholeScopeIsStale(t *testing.T) {
	_, c, p, d, sum := served(t, Live)
	p.text(d.next(t, 15, 20, 4))
	p.asks(t)
	p.text(deltaText(0, 5, wire.CellHash(wire.HashText("waiting.red|TH"), 3), `["waiting.red","TH",3]`))
	until(t, c, sum, "stale", 1)
}

func TestAScreenThatIsCutComesBackByItsPosition(t *testing.T) {
	hub, c, p, d, sum := served(t, Live)
	c.Cut()
	if _, open := <-p.said; open {
		t.Fatal("the socket is still there")
	}
	p = hub.next(t)
	if q := p.asks(t); q != (question{T: "sub", S: "nation", E: "one", At: 10}) {
		t.Fatalf("the screen asks %+v", q)
	}
	p.text(d.next(t, 10, 20, 4))
	until(t, c, sum, "resumed", 1)
	if sum["cut"] != 1 || sum["closedByHub"] != 0 || sum["lostSockets"] != 0 {
		t.Fatalf("%v", sum)
	}
}

func TestCloseCodesSayWhoComesBack(t *testing.T) {
	hub, c, p, _, sum := served(t, Live)
	p.text(`{"t":"bye","code":4000,"in":20}`)
	p.close(4000)
	p = hub.next(t)
	p.asks(t)
	until(t, c, sum, "opened", 2)
	if sum["closedByHub"] != 0 {
		t.Fatalf("a goodbye is counted as closed: %v", sum)
	}
	p.close(4001)
	p = hub.next(t)
	until(t, c, sum, "closedByHub", 1)
	p.close(4103)
	until(t, c, sum, "lostSockets", 1)
	if tally := c.Take(); tally.Away != 1 || tally.Sockets != 0 {
		t.Fatalf("%+v", tally)
	}
}

func TestARefusedHandshakeIsTriedAgain(t *testing.T) {
	hub := newHub(t)
	hub.refuses(true)
	c := hub.crowd(t)
	c.Add(time.Now(), []string{"nation"}, Live, "")
	sum := map[string]int{}
	until(t, c, sum, "refused", 2)
	hub.refuses(false)
	hub.next(t)
	until(t, c, sum, "opened", 1)
	if sum["closedByHub"] != 0 || sum["lostSockets"] != 0 {
		t.Fatalf("%v", sum)
	}
}

func TestAQuestionThatIsLetLieIsCountedOnce(t *testing.T) {
	_, c, p, d, sum := served(t, Live)
	p.text(d.next(t, 15, 20, 4))
	p.asks(t)
	until(t, c, sum, "gaps", 1)
	for _, ms := range []float64{9000, 11_000, 12_000} {
		c.mutex.Lock()
		c.nowMs = float64(time.Now().UnixMilli()) + ms
		c.sweep()
		c.mutex.Unlock()
	}
	until(t, c, sum, "unanswered", 1)
	if sum["unanswered"] != 1 {
		t.Fatalf("%v", sum)
	}
}

func TestWhoHeldThePresentIsLevelAtTheEnd(t *testing.T) {
	for _, late := range []bool{false, true} {
		_, c, p, d, sum := served(t, Live)
		c.Finish()
		if q := p.asks(t); q.At != 10 {
			t.Fatalf("the last question is %+v", q)
		}
		if tally := c.Take(); tally.Behind != 1 {
			t.Fatalf("before the answer: %+v", tally)
		}
		if late {
			p.text(d.next(t, 10, 20, 4))
		} else {
			p.text(deltaText(10, 10, d.state.Sum, ""))
		}
		want := map[bool]int{false: 0, true: 1}[late]
		if tally := until(t, c, sum, "resumed", 1); tally.Behind != want {
			t.Fatalf("late %v: %+v", late, tally)
		}
	}
}

func TestPackedFramesAreUnfolded(t *testing.T) {
	_, c, p, d, sum := served(t, Packed)
	if !strings.HasPrefix(p.head, "GET /live?v=8&z=1 ") {
		t.Fatalf("the handshake: %s", p.head)
	}
	var packed bytes.Buffer
	deflater, _ := flate.NewWriter(&packed, 4)
	deflater.Write([]byte(d.next(t, 10, 20, 4)))
	deflater.Close()
	p.conn.Write(frame(wire.OpBinary, true, packed.Bytes()))
	until(t, c, sum, "deliveries", 1)
	if sum["folded"] != 2 || sum["packedBytes"] != packed.Len() || sum["opened:packed"] != 1 {
		t.Fatalf("%v", sum)
	}
}

func TestSocketioIsSpoken(t *testing.T) {
	hub := newHub(t)
	c := hub.crowd(t)
	c.Add(time.Now(), []string{"nation"}, Socketio, "")
	p := hub.next(t)
	say := func(text, answer string) {
		p.text(text)
		if got := <-p.said; got != answer {
			t.Fatalf("%s is answered by %s", text, got)
		}
	}
	say(`0{"sid":"x","pingInterval":25000}`, "40")
	say(`40{"sid":"y"}`, `42["m",{"t":"sub","s":"nation","at":0}]`)
	say("2", "3")
	d := &deltas{wire.Empty("nation")}
	p.text(`42["delta",` + d.next(t, 0, 10, 3) + `]`)
	p.text(`42["delta",` + d.next(t, 10, 20, 4) + `]`)
	sum := map[string]int{}
	until(t, c, sum, "deliveries", 1)
	p.text(`42["close",{"code":4103,"reason":"x"}]`)
	p.conn.Close()
	until(t, c, sum, "lostSockets", 1)
	if sum["folded"] != 2 || sum["opened:socketio"] != 1 {
		t.Fatalf("%v", sum)
	}
}

func TestFramesAreTakenHoweverTheyAreCut(t *testing.T) {
	_, c, p, d, sum := served(t, Live)
	stream := frame(wire.OpPing, true, []byte("here?"))
	half := []byte(d.next(t, 10, 20, 4))
	stream = append(stream, frame(wire.OpText, false, half[:30])...)
	stream = append(stream, frame(wire.OpContinuation, true, half[30:])...)
	long := strings.Replace(d.next(t, 20, 30, 5), `"x":[]`, `"x":["`+strings.Repeat("y", 70_000)+`"]`, 1)
	stream = append(stream, frame(wire.OpText, true, []byte(long))...)
	for i := 0; i < 400; i++ {
		p.conn.Write(stream[i : i+1])
	}
	p.conn.Write(stream[400:])
	until(t, c, sum, "deliveries", 2)
	if said := <-p.said; said != "here?" || sum["errors"] != 0 || sum["mismatches"] != 0 {
		t.Fatalf("the ping is answered by %q; %v", said, sum)
	}
}

func TestWhatIsNoMessageIsAProblem(t *testing.T) {
	for _, bad := range []string{`{"t":"delta","s":"nation"`, `not JSON`, `{"t":"delta","s":"nation","from":10,"to":20,"sum":0,"at":1,"c":[[1]],"r":[],"x":[]}`} {
		_, c, p, _, sum := served(t, Live)
		p.text(bad)
		if tally := until(t, c, sum, "errors", 1); tally.Problem == "" {
			t.Fatalf("%q is no problem: %v", bad, sum)
		}
	}
}

// Ten thousand screens of a scope hold one table, and a delta is folded once for all who hold the same.
func TestScreensThatHoldTheSameShareIt(t *testing.T) {
	hub := newHub(t)
	c := hub.crowd(t)
	const screens = 50
	for i := 0; i < screens; i++ {
		c.Add(time.Now(), []string{"nation"}, Live, "")
	}
	d := &deltas{wire.Empty("nation")}
	first, whole := d.next(t, 0, 10, 3), d.next(t, 10, 20, 4)
	late := deltaText(0, 20, d.state.Sum, `["waiting.red","TH",4]`)
	next := d.next(t, 20, 30, 5)
	for i := 0; i < screens; i++ {
		p := hub.next(t)
		p.asks(t)
		if i%2 == 0 {
			p.text(first)
			p.text(whole)
		} else {
			p.text(late)
		}
		p.text(next)
	}
	sum := map[string]int{}
	until(t, c, sum, "folded", screens/2*3+screens/2*2)
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for _, s := range c.sockets {
		if s.held[0].state != c.sockets[0].held[0].state {
			t.Fatal("two screens at the same position hold two states")
		}
	}
	if sum["mismatches"] != 0 || len(c.seen.known) != 4 {
		t.Fatalf("%v, %d messages known", sum, len(c.seen.known))
	}
}

// What 10,000 sockets cost k6 beside what they hold in common.
func TestASocketIsSmall(t *testing.T) {
	if size := unsafe.Sizeof(socket{}) + 2*unsafe.Sizeof(held{}); size > 160 {
		t.Errorf("a socket of two scopes takes %d bytes", size)
	}
	hub := newHub(t)
	c := hub.crowd(t, [4]byte{127, 0, 0, 2}, [4]byte{127, 0, 0, 3})
	heap := func() uint64 {
		var stats runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&stats)
		return stats.HeapAlloc
	}
	const screens = 10_000
	before := heap()
	far := time.Now().Add(time.Hour)
	for i := 0; i < screens; i++ {
		c.Add(far, []string{"province:50", "board:50"}, Packed, "session")
	}
	each := (heap() - before) / screens
	t.Logf("%d bytes of heap a socket that holds two scopes", each)
	if each > 400 {
		t.Errorf("a socket of two scopes takes %d bytes of heap", each)
	}
}
