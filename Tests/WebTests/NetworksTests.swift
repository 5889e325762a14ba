import Testing

@testable import Web

@Suite("Networks")
struct NetworksTests {
  @Test(
    "an address is in a network by its leading bits, however either is written",
    arguments: [
      ("127.0.0.1", "127.0.0.1", true), ("127.0.0.1", "127.0.0.2", false), ("10.0.0.0/8", "10.255.0.1", true),
      ("10.0.0.0/8", "11.0.0.1", false), ("192.168.4.0/22", "192.168.7.255", true), ("192.168.4.0/22", "192.168.8.0", false),
      ("0.0.0.0/0", "203.0.113.9", true), ("0.0.0.0/0", "2001:db8::1", false), ("2001:db8::/32", "2001:db8:ffff::1", true),
      ("2001:db8::/32", "2001:db9::1", false), ("::1", "0:0:0:0:0:0:0:1", true), ("198.51.100.7", "::ffff:198.51.100.7", true),
      ("10.0.0.0/8", "local", false), ("fe80::/10", "fe80::1%eth0", true),
    ])
  func contains(_ network: String, _ address: String, _ isIn: Bool) throws {
    #expect(try #require(Networks(texts: [network])).contains(address) == isIn)
  }

  @Test("what is no network is refused", arguments: ["10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "proxy", "10.0.0", "2001:db8::/129", ""])
  func refused(_ text: String) { #expect(Networks(texts: ["127.0.0.1", text]) == nil) }
}
