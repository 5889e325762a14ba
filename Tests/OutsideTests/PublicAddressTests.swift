import Outside
import Testing

@Suite struct PublicAddressTests {
  @Test(
    "addresses of this machine, its network and special uses are not public",
    arguments: [
      [127, 0, 0, 1], [10, 1, 2, 3], [172, 16, 0, 1], [172, 31, 255, 255], [192, 168, 1, 1], [169, 254, 169, 254], [100, 64, 0, 1],
      [0, 0, 0, 0], [224, 0, 0, 1], [255, 255, 255, 255], [198, 18, 0, 1], [203, 0, 113, 9], [192, 0, 2, 1], [198, 51, 100, 1],
    ] as [[UInt8]])
  func special(_ bytes: [UInt8]) {
    #expect(!PublicAddress.isPublic(bytes))
    // The same in IPv6 clothes: mapped, translated, 6to4.
    #expect(!PublicAddress.isPublic([UInt8](repeating: 0, count: 10) + [0xFF, 0xFF] + bytes))
    #expect(!PublicAddress.isPublic([0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0] + bytes))
    #expect(!PublicAddress.isPublic([0x20, 0x02] + bytes + [UInt8](repeating: 0, count: 10)))
  }

  @Test("public addresses are public, and what is no address is not")
  func open() {
    for bytes: [UInt8] in [[1, 1, 1, 1], [172, 32, 0, 1], [100, 128, 0, 1], [193, 0, 0, 1], [11, 0, 0, 1]] {
      #expect(PublicAddress.isPublic(bytes))
      #expect(PublicAddress.isPublic([UInt8](repeating: 0, count: 10) + [0xFF, 0xFF] + bytes))
    }
    #expect(PublicAddress.isPublic([0x2A, 0x00, 0x14, 0x50, 0x40, 1, 8, 0x2F, 0, 0, 0, 0, 0, 0, 0x20, 0x0E]))
    for bytes: [UInt8] in [
      [], [1], [UInt8](repeating: 0, count: 15) + [1], [0xFE, 0x80] + [UInt8](repeating: 0, count: 14),
      [0xFD] + [UInt8](repeating: 1, count: 15), [0x20, 1, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 12),
    ] {
      #expect(!PublicAddress.isPublic(bytes))
    }
  }

  @Test("only https on its own port without a user may be asked, unless an administrator says otherwise")
  func addresses() {
    #expect(FetchRequest.allows("https://calendar.example/a.ics?k=1", allowsPrivate: false))
    for bad in [
      "http://calendar.example/a.ics", "https://u:p@calendar.example/", "https://calendar.example:8443/", "ftp://a.example/",
      "file:///etc/passwd",
      "https:///x", "", "https://a.example/\r\nX: y", "gopher://a", "https://ä.example/",
    ] { #expect(!FetchRequest.allows(bad, allowsPrivate: false), "\(bad)") }
    #expect(FetchRequest.allows("http://127.0.0.1:5232/a.ics", allowsPrivate: true))
    #expect(!FetchRequest.allows("file:///etc/passwd", allowsPrivate: true))
  }
}
