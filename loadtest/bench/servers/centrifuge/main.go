// The bench's server on centrifuge, the library that Centrifugo is made of: its WebSocket handler, its JSON protocol,
// one channel, publication in process. The command protocol is the one of control.ts.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/centrifugal/centrifuge"
	"github.com/centrifugal/protocol"
)

const (
	channel = "nation"
	lifeMax = 15 * time.Minute
	middle  = `]],"r":[],"x":["`
	tail    = `"]}`
)

var (
	written   atomic.Int64
	sequence  atomic.Int64
	published atomic.Int64
	running   atomic.Bool
)

// delta is deltaText of payload.ts.
func delta(bytes int, sequence int64) []byte {
	at := float64(time.Now().UnixMicro()) / 1000
	var text strings.Builder
	fmt.Fprintf(&text, `{"t":"delta","s":"nation","from":%d,"to":%d,"sum":1234567890,"at":%.3f,"c":[["waiting.red"`, sequence-1, sequence, at)
	room := bytes - len(middle) - len(tail)
	for area := 10; area < 100; area++ {
		cell := fmt.Sprintf(`,"%d",%d`, area, area*97)
		if text.Len()+len(cell) > room {
			break
		}
		text.WriteString(cell)
	}
	padding := strings.Repeat("0", room-text.Len())
	text.WriteString(middle)
	text.WriteString(padding)
	text.WriteString(tail)
	return []byte(text.String())
}

func publish(node *centrifuge.Node, bytes int) {
	published.Add(1)
	if _, err := node.Publish(channel, delta(bytes, sequence.Add(1)+1)); err != nil {
		log.Fatalf("publish: %v", err)
	}
}

// flood publishes the next message when the last has gone to every subscriber: one message, one write, as the others do.
// Without the wait the queues of all clients would grow until the library cuts them.
func flood(node *centrifuge.Node, bytes int) {
	for running.Load() {
		goal := written.Load() + int64(node.Hub().NumSubscribers(channel))
		publish(node, bytes)
		for running.Load() && written.Load() < goal {
			runtime.Gosched()
		}
	}
}

func pace(node *centrifuge.Node, hertz float64, bytes int) {
	every := time.Duration(float64(time.Second) / hertz)
	next := time.Now()
	for running.Load() {
		publish(node, bytes)
		next = next.Add(every)
		time.Sleep(time.Until(next))
	}
}

func cpuMicroseconds() int64 {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		log.Fatalf("getrusage: %v", err)
	}
	return (used.Utime.Nano() + used.Stime.Nano()) / 1000
}

func say(event map[string]any) {
	line, err := json.Marshal(event)
	if err != nil {
		log.Fatalf("say: %v", err)
	}
	fmt.Println(string(line))
}

func number(words []string, i int, absent float64) float64 {
	if i >= len(words) {
		return absent
	}
	value, err := strconv.ParseFloat(words[i], 64)
	if err != nil {
		log.Fatalf("not a number: %s", words[i])
	}
	return value
}

func obey(node *centrifuge.Node, words []string) {
	switch words[0] {
	case "flood":
		running.Store(true)
		go flood(node, int(number(words, 1, 300)))
	case "rate":
		running.Store(true)
		go pace(node, number(words, 1, 1), int(number(words, 2, 300)))
	case "stop":
		running.Store(false)
		say(map[string]any{"event": "stopped", "published": published.Swap(0)})
	case "count":
		say(map[string]any{"event": "counted", "published": published.Load(), "cpuUs": cpuMicroseconds()})
	case "settle":
		debug.FreeOSMemory()
		say(map[string]any{"event": "settled"})
	default:
		os.Exit(0)
	}
}

func start() *centrifuge.Node {
	node, err := centrifuge.New(centrifuge.Config{})
	if err != nil {
		log.Fatalf("centrifuge: %v", err)
	}
	node.OnTransportWrite(func(_ *centrifuge.Client, event centrifuge.TransportWriteEvent) bool {
		if event.FrameType == protocol.FrameTypePushPublication {
			written.Add(1)
		}
		return true
	})
	node.OnConnecting(func(context.Context, centrifuge.ConnectEvent) (centrifuge.ConnectReply, error) {
		return centrifuge.ConnectReply{Credentials: &centrifuge.Credentials{}}, nil
	})
	node.OnConnect(func(client *centrifuge.Client) {
		client.OnSubscribe(func(_ centrifuge.SubscribeEvent, reply centrifuge.SubscribeCallback) {
			reply(centrifuge.SubscribeReply{}, nil)
		})
	})
	if err := node.Run(); err != nil {
		log.Fatalf("centrifuge: %v", err)
	}
	return node
}

func main() {
	time.AfterFunc(lifeMax, func() { os.Exit(1) })
	node := start()
	http.Handle("/connection/websocket", centrifuge.NewWebsocketHandler(node, centrifuge.WebsocketConfig{
		UseWriteBufferPool:         true,
		ProcessCommandsOffReadLoop: true,
	}))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatalf("listen: %v", err)
	}
	go func() { log.Fatal(http.Serve(listener, nil)) }()
	say(map[string]any{"event": "listening", "port": listener.Addr().(*net.TCPAddr).Port})
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		if words := strings.Fields(lines.Text()); len(words) > 0 {
			obey(node, words)
		}
	}
}
