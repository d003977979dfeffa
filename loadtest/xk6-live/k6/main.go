// k6 with k6/x/live in it.
package main

import (
	"go.k6.io/k6/v2/cmd"

	_ "jitasa/loadtest/xk6-live/module"
)

func main() { cmd.Execute() }
