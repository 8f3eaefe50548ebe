/**
 * A certificate for the address that stands for the public internet in tests. It was made for
 * nothing else, no program trusts it unless a test says so, and it is good until 2126.
 */

/** Made out to 93.184.216.34 and media.example.com. */
export const TEST_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBtjCCAVygAwIBAgIUZ9rF9a952fasTd0XrzryQ26b574wCgYIKoZIzj0EAwIw
HzEdMBsGA1UEAwwUdGVzdHMgb2Ygc29nbmktYWdlbnQwIBcNMjYxMTIyMjMyMTUw
WhgPMjEyNjEwMjkyMzIxNTBaMB8xHTAbBgNVBAMMFHRlc3RzIG9mIHNvZ25pLWFn
ZW50MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEAIcEFumBtrf1Z9KyC7RLdPPP
J3/Fat/pHbjMRnc5K2P6bI0LXsYujKcB2nDz+PRSZvVG5xymiJTTo6zlbif+YKN0
MHIwHQYDVR0OBBYEFLG776LGRdsaxfuEK51hPib+PqUdMB8GA1UdIwQYMBaAFLG7
76LGRdsaxfuEK51hPib+PqUdMAwGA1UdEwEB/wQCMAAwIgYDVR0RBBswGYcEXbjY
IoIRbWVkaWEuZXhhbXBsZS5jb20wCgYIKoZIzj0EAwIDSAAwRQIhAOVUHycybX5V
FJtX0aE1FqzHlRy/9j2rfAvt1TFhSVFbAiB3AOBZYvZKqbYGBQg3nm1Y02U3ngTr
RKaidOkVjC0VVQ==
-----END CERTIFICATE-----
`;

/** The key of {@link TEST_CERTIFICATE}. */
export const TEST_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQghoVwJlirWbrtrgei
W4LCYuZ3lZfUPpWxCMVQ6EE2HyChRANCAAQAhwQW6YG2t/Vn0rILtEt0888nf8Vq
3+kduMxGdzkrY/psjQtexi6MpwHacPP49FJm9UbnHKaIlNOjrOVuJ/5g
-----END PRIVATE KEY-----
`;
