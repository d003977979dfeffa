package crowd

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"syscall"

	"jitasa/loadtest/xk6-live/wire"
)

type phase uint8

const (
	closed phase = iota
	connecting
	upgrading
	speaking
	ready
)

// screen is what many sockets have in common.
type screen struct {
	scopes  []string
	carrier Carrier
	cookie  string
}

// socket of one screen, the same through all its connections: TestASocketIsSmall says how small.
type socket struct {
	screen *screen
	held   []held
	rest   []byte
	fd     int32
	index  int32
	// comeBackMs is what a hub that says goodbye asks for; -1: nothing was said
	comeBackMs int32
	// code of Socket.IO's close event, which has no close codes of its own; 0: none
	code      uint16
	phase     phase
	tries     uint8
	fragments []byte
	opcode    byte
}

func (s *socket) open() bool { return s.phase == ready }

// RFC 6455's own example, so that the answer is a constant.
const (
	handshakeKey    = "dGhlIHNhbXBsZSBub25jZQ=="
	handshakeAccept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
	headBytesMax    = 8192
	bindNoPort      = 24 // IP_BIND_ADDRESS_NO_PORT
)

// connect begins a connection from the socket's own address.
func (c *Crowd) connect(s *socket) error {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_NONBLOCK|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	s.fd, s.phase = int32(fd), connecting
	c.inFlight++
	if err := syscall.SetsockoptInt(fd, syscall.IPPROTO_TCP, syscall.TCP_NODELAY, 1); err != nil {
		return err
	}
	if n := len(c.options.Sources); n > 0 {
		if err := syscall.SetsockoptInt(fd, syscall.IPPROTO_IP, bindNoPort, 1); err != nil {
			return err
		}
		if err := syscall.Bind(fd, &syscall.SockaddrInet4{Addr: c.options.Sources[int(s.index)%n]}); err != nil {
			return err
		}
	}
	to := &syscall.SockaddrInet4{Addr: c.options.Host, Port: c.options.Port}
	if err := syscall.Connect(fd, to); err != nil && !errors.Is(err, syscall.EINPROGRESS) {
		return err
	}
	return c.watch(s, syscall.EPOLL_CTL_ADD, syscall.EPOLLOUT)
}

func (c *Crowd) watch(s *socket, operation int, events uint32) error {
	return syscall.EpollCtl(c.epoll, operation, int(s.fd), &syscall.EpollEvent{Events: events, Fd: s.index, Pad: s.fd})
}

func (c *Crowd) askUpgrade(s *socket) error {
	if code, err := syscall.GetsockoptInt(int(s.fd), syscall.SOL_SOCKET, syscall.SO_ERROR); err != nil || code != 0 {
		return fmt.Errorf("connect: %v %v", syscall.Errno(code), err)
	}
	var ask strings.Builder
	fmt.Fprintf(&ask, "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n", s.screen.carrier.path(c.options.Version), c.options.Name)
	fmt.Fprintf(&ask, "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %s\r\n", handshakeKey)
	if s.screen.cookie != "" {
		fmt.Fprintf(&ask, "Cookie: %s\r\n", s.screen.cookie)
	}
	ask.WriteString("\r\n")
	if _, err := syscall.Write(int(s.fd), []byte(ask.String())); err != nil {
		return err
	}
	s.phase = upgrading
	return c.watch(s, syscall.EPOLL_CTL_MOD, syscall.EPOLLIN)
}

// upgraded takes the head of the answer off. It returns -1 for a refusal, 0 while the head has no end.
func upgraded(answer []byte) int {
	end := bytes.Index(answer, []byte("\r\n\r\n"))
	switch {
	case end < 0 && len(answer) > headBytesMax:
		return -1
	case end < 0:
		return 0
	case !bytes.HasPrefix(answer, []byte("HTTP/1.1 101")) || !bytes.Contains(answer[:end], []byte(handshakeAccept)):
		return -1
	}
	return end + 4
}

// send writes a frame. Ours are small: a peer that has no room for one is not reading, and the socket goes.
func (c *Crowd) send(s *socket, opcode byte, payload string) {
	c.frame = wire.AppendFrame(c.frame[:0], opcode, payload)
	if n, err := syscall.Write(int(s.fd), c.frame); err != nil || n < len(c.frame) {
		c.counts.errors++
		c.dying = append(c.dying, s)
	}
}

// read takes all that has come. It says false where the socket must go, and with which code.
func (c *Crowd) read(s *socket) (code int, alive bool) {
	for {
		n, err := syscall.Read(int(s.fd), c.room)
		switch {
		case err == syscall.EINTR:
			continue
		case err == syscall.EAGAIN:
			return 0, true
		case err != nil || n == 0:
			return 1006, false
		}
		c.tick()
		if code, alive := c.bytes(s, c.room[:n]); !alive {
			return code, false
		}
		if n < len(c.room) {
			return 0, true
		}
	}
}

// bytes goes on with what is held of the last.
func (c *Crowd) bytes(s *socket, bytes []byte) (code int, alive bool) {
	if len(s.rest) > 0 {
		s.rest = append(s.rest, bytes...)
		bytes = s.rest
	}
	if s.phase == upgrading {
		head := upgraded(bytes)
		if head < 0 {
			return 1006, false
		}
		bytes = bytes[head:]
		if head > 0 {
			c.upgradedNow(s)
		}
	}
	for s.phase > upgrading {
		frame, used, err := wire.NextFrame(bytes)
		if err != nil {
			c.fail(err.Error())
			return 1002, false
		}
		if used == 0 {
			break
		}
		bytes = bytes[used:]
		if code, alive := c.frameOf(s, frame); !alive {
			return code, false
		}
	}
	if len(bytes) == 0 {
		s.rest = nil
	} else {
		s.rest = append(s.rest[:0], bytes...)
	}
	return 0, true
}

func (c *Crowd) frameOf(s *socket, frame wire.Frame) (code int, alive bool) {
	switch frame.Opcode {
	case wire.OpClose:
		return wire.CloseCode(frame.Payload), false
	case wire.OpPing:
		c.send(s, wire.OpPong, string(frame.Payload))
		return 0, true
	case wire.OpPong:
		return 0, true
	case wire.OpContinuation:
		s.fragments = append(s.fragments, frame.Payload...)
		if len(s.fragments) > wire.FrameBytesMax {
			c.fail("a message is too large")
			return 1009, false
		}
		if !frame.Final {
			return 0, true
		}
		whole := s.fragments
		s.fragments = nil
		return 1002, c.message(s, s.opcode, whole)
	}
	if !frame.Final {
		s.opcode, s.fragments = frame.Opcode, append([]byte(nil), frame.Payload...)
		return 0, true
	}
	return 1002, c.message(s, frame.Opcode, frame.Payload)
}
