package wire

// MayReconnect says whether a client comes back by itself after this close code (rule C7).
func MayReconnect(code int) bool { return code < 4100 || code >= 4200 }
