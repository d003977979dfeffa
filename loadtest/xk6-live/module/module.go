// Package module is k6/x/live: screens of the live protocol by the thousand, held natively, told what to do by a script.
package module

import (
	"fmt"
	"net"
	"net/url"
	"strconv"
	"time"

	"github.com/grafana/sobek"
	"go.k6.io/k6/v2/js/common"
	"go.k6.io/k6/v2/js/modules"

	"jitasa/loadtest/xk6-live/crowd"
)

func init() { modules.Register("k6/x/live", new(root)) }

type root struct{}

type instance struct{ vu modules.VU }

func (*root) NewModuleInstance(vu modules.VU) modules.Instance { return &instance{vu} }

func (i *instance) Exports() modules.Exports {
	return modules.Exports{Named: map[string]any{"Crowd": i.crowd}}
}

// settings of `new Crowd({hub, version, sources, napMs})`, as loadtest/k6/live.d.ts has them.
type settings struct {
	Hub     string   `js:"hub"`
	Version int      `js:"version"`
	Sources []string `js:"sources"`
	NapMs   float64  `js:"napMs"`
}

func (i *instance) crowd(call sobek.ConstructorCall) *sobek.Object {
	runtime := i.vu.Runtime()
	if i.vu.State() == nil {
		common.Throw(runtime, fmt.Errorf("a crowd is made by a virtual user, not while a script is loaded"))
	}
	var given settings
	if err := runtime.ExportTo(call.Argument(0), &given); err != nil {
		common.Throw(runtime, err)
	}
	options, err := optionsOf(given)
	if err != nil {
		common.Throw(runtime, err)
	}
	made, err := crowd.New(options)
	if err != nil {
		common.Throw(runtime, err)
	}
	context := i.vu.Context()
	go func() {
		<-context.Done()
		made.Close()
	}()
	return runtime.ToValue(&handle{i.vu, made}).ToObject(runtime)
}

func optionsOf(given settings) (crowd.Options, error) {
	options := crowd.Options{Version: given.Version, Nap: time.Duration(given.NapMs * float64(time.Millisecond))}
	hub, err := url.Parse(given.Hub)
	if err != nil || hub.Scheme != "http" {
		return options, fmt.Errorf("hub takes http://address:port, not %q", given.Hub)
	}
	options.Name = hub.Host
	if options.Port, err = strconv.Atoi(hub.Port()); err != nil {
		return options, fmt.Errorf("hub takes a port: %q", given.Hub)
	}
	if options.Host, err = address(hub.Hostname()); err != nil {
		return options, err
	}
	for _, source := range given.Sources {
		from, err := address(source)
		if err != nil {
			return options, err
		}
		options.Sources = append(options.Sources, from)
	}
	return options, nil
}

func address(text string) ([4]byte, error) {
	ip := net.ParseIP(text).To4()
	if ip == nil {
		return [4]byte{}, fmt.Errorf("%q is no IPv4 address", text)
	}
	return [4]byte(ip), nil
}

// handle is what a script holds.
type handle struct {
	vu    modules.VU
	crowd *crowd.Crowd
}

// Add plans a screen. atMs: since 1970
func (h *handle) Add(atMs float64, scopes []string, carrier, cookie string) error {
	by, err := crowd.CarrierOf(carrier)
	if err != nil {
		return err
	}
	h.crowd.Add(time.UnixMicro(int64(atMs*1000)), scopes, by, cookie)
	return nil
}

// Cut, Finish and Close are the crowd's.
func (h *handle) Cut()    { h.crowd.Cut() }
func (h *handle) Finish() { h.crowd.Finish() }
func (h *handle) Close()  { h.crowd.Close() }

// Taken is crowd.Tally for a script.
type Taken struct {
	Sockets   int            `js:"sockets"`
	Behind    int            `js:"behind"`
	Away      int            `js:"away"`
	Latencies [][]int        `js:"latencies"`
	Counts    map[string]int `js:"counts"`
	Problem   string         `js:"problem"`
}

// Take gives what was counted since the last time.
func (h *handle) Take() Taken {
	tally := h.crowd.Take()
	taken := Taken{Sockets: tally.Sockets, Behind: tally.Behind, Away: tally.Away, Counts: tally.Counts, Problem: tally.Problem}
	for ms, count := range tally.Latencies {
		taken.Latencies = append(taken.Latencies, []int{ms, count})
	}
	return taken
}
