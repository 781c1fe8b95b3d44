/**
 * A certificate for localhost, *.localhost and 127.0.0.1 that nobody vouches for, with its key, valid until 2126. It was made
 * with `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500`; it protects nothing.
 */
export const selfSigned = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgb5hKm/MES353aZ9L
5OEQ3JpbZY8NWcHo2frLT8fNHk6hRANCAATK5dAqBxCKc/z03jw51PnlCYBVb1qR
Pfb0/HLM/olMhAzWSDAFTd6N+LVHALLaSFdUUUmOBYRMdDTMmSFdYK8h
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBpzCCAU6gAwIBAgIUZQ7xl4EeNKOHXJVmqNHbSSr/pZAwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNjAxMDg0N1oYDzIxMjYxMTAy
MDEwODQ3WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATK5dAqBxCKc/z03jw51PnlCYBVb1qRPfb0/HLM/olMhAzWSDAFTd6N
+LVHALLaSFdUUUmOBYRMdDTMmSFdYK8ho3wwejAdBgNVHQ4EFgQUBN9h9Bl/CidT
GzB3Y05ElCkFYhAwHwYDVR0jBBgwFoAUBN9h9Bl/CidTGzB3Y05ElCkFYhAwDwYD
VR0TAQH/BAUwAwEB/zAnBgNVHREEIDAegglsb2NhbGhvc3SCCyoubG9jYWxob3N0
hwR/AAABMAoGCCqGSM49BAMCA0cAMEQCIAHPg05a3hlj0kGwU+fc9Q2lL40WPH2o
Nftb9RYQwIPrAiBOcNS3Dp+PsvBE+ITlyX75Gfh/fkpFapTP5VuvddXzFg==
-----END CERTIFICATE-----`,
} as const;
