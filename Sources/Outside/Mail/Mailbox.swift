/// An address with the name of the person or thing behind it: `Ada Lovelace <ada@example.org>`.
public struct Mailbox: Sendable, Hashable, Codable {
  /// The name as a person typed it; the writer makes it harmless.
  public var name: String?
  public var address: EmailAddress

  public init(_ address: EmailAddress, name: String? = nil) {
    self.address = address
    self.name = name
  }

  /// Reads `Name <address>` or a bare address, as in the setting `mail.from`.
  public init(parsing text: String) throws(EmailAddress.Fault) {
    guard text.hasSuffix(">"), let open = text.lastIndex(of: "<") else {
      self.init(try EmailAddress(text))
      return
    }
    let address = try EmailAddress(String(text[text.index(after: open)...].dropLast()))
    let name = HeaderText.oneLine(String(text[..<open])).filter { $0 != "\"" }
    self.init(address, name: name.isEmpty ? nil : name)
  }
}
