import Foundation
import Outside
import Testing

@Suite("E-mail addresses")
struct EmailAddressTests {
  @Test(
    "what mail servers deliver to is taken",
    arguments: [
      ("ann@example.org", "ann@example.org"),
      ("  Ann.Lee+tandem@Example.ORG ", "ann.lee+tandem@example.org"),
      ("o'hara_1=x@mail-1.example.co.uk", "o'hara_1=x@mail-1.example.co.uk"),
      ("ann@xn--mller-kva.example", "ann@xn--mller-kva.example"),
      ("ann@müller.example", "ann@xn--mller-kva.example"),
      ("ann@MÜLLER.example", "ann@xn--mller-kva.example"),
      ("ann@bücher.straße.example", "ann@xn--bcher-kva.xn--strae-oqa.example"),
      ("ann@例え.テスト", "ann@xn--r8jz45g.xn--zckzah"),
      ("ann@παράδειγμα.δοκιμή", "ann@xn--hxajbheg2az3al.xn--jxalpdlp"),
      ("ann@правда.example", "ann@xn--80aafi6cg.example"),
    ])
  func taken(text: String, normalised: String) throws {
    try #expect(EmailAddress(text).normalised == normalised)
  }

  @Test(
    "what is not an address is refused with its reason",
    arguments: [
      ("", .empty), ("   ", .empty), ("ann", .noAtSign), ("a@b@c", .severalAtSigns), ("a@b@example.org", .severalAtSigns),
      ("@example.org", .localPart), ("ann@", .domain), ("ann@localhost", .domain), ("ann@example..org", .domain),
      ("ann@-example.org", .domain), ("ann@example-.org", .domain), ("ann@[127.0.0.1]", .domain), ("ann@127.0.0.1", .domain),
      ("ann@exa mple.org", .domain), ("ann@exam_ple.org", .domain), ("ann@example.org\r\nBcc: eve@example.org", .severalAtSigns),
      ("ann@example.org\r\nX-Evil: 1", .domain), ("ann@example.org\n", .domain), ("ann\r\n@example.org", .localPart),
      ("ann\u{0}@example.org", .localPart), ("ann@exa\u{0}mple.org", .domain), (".ann@example.org", .localPart),
      ("ann.@example.org", .localPart), ("an..n@example.org", .localPart), ("an n@example.org", .localPart),
      ("\"ann lee\"@example.org", .quotedLocalPart), ("Ann <ann@example.org>", .localPart), ("änn@example.org", .localPartNotASCII),
      ("ann,ben@example.org", .localPart), ("ann@example.org,ben", .domain), ("ann@exa\u{202E}mple.org", .domain),
      ("ann@exa\u{200B}mple.org", .domain), ("ann＠example.org", .noAtSign), ("ann@a＠b.org", .domain),
    ] as [(String, EmailAddress.Fault)])
  func refused(text: String, reason: EmailAddress.Fault) {
    #expect(throws: reason) { try EmailAddress(text) }
  }

  @Test("254 characters are the limit, 64 before the @ and 63 in a label")
  func lengths() throws {
    let label = String(repeating: "b", count: 61)
    let longest = "\(String(repeating: "a", count: 64))@\(label).\(label).\(label).org"
    #expect(longest.count == 254)
    try #expect(EmailAddress(longest).description == longest)
    #expect(throws: EmailAddress.Fault.tooLong) { try EmailAddress(longest + "x") }
    #expect(throws: EmailAddress.Fault.tooLong) { try EmailAddress("a" + longest) }
    #expect(throws: EmailAddress.Fault.domain) { try EmailAddress("a@\(label)bbb.org") }
    #expect(throws: EmailAddress.Fault.tooLong) { try EmailAddress(String(repeating: "a", count: 320) + "@example.org") }
    #expect(throws: EmailAddress.Fault.tooLong) { try EmailAddress(String(repeating: "ü", count: 1_000_000)) }
  }

  @Test("case does not tell two addresses apart")
  func equality() throws {
    try #expect(EmailAddress("Ann@Example.org") == EmailAddress("ann@example.org"))
    try #expect(Set([EmailAddress("Ann@Example.org"), EmailAddress("ann@example.org")]).count == 1)
    try #expect(EmailAddress("Ann@example.org").local == "Ann")
  }

  @Test("JSON holds the address as a string and is checked when read")
  func coding() throws {
    let address = try EmailAddress("Ann@example.org")
    let data = try JSONEncoder().encode([address])
    #expect(String(decoding: data, as: UTF8.self) == "[\"Ann@example.org\"]")
    try #expect(JSONDecoder().decode([EmailAddress].self, from: data) == [address])
    #expect(throws: DecodingError.self) { try JSONDecoder().decode([EmailAddress].self, from: Data("[\"a@b@c\"]".utf8)) }
  }

  @Test("a sender is written as a name and an address")
  func mailbox() throws {
    let tandem = try Mailbox(parsing: "Tandem <tandem@example.org>")
    #expect(tandem.name == "Tandem" && tandem.address.description == "tandem@example.org")
    try #expect(Mailbox(parsing: "\"Tandem, north\" <tandem@example.org>").name == "Tandem, north")
    try #expect(Mailbox(parsing: "tandem@example.org").name == nil)
    try #expect(Mailbox(parsing: "<tandem@example.org>").name == nil)
    #expect(throws: EmailAddress.Fault.self) { try Mailbox(parsing: "Tandem <tandem>") }
  }
}
