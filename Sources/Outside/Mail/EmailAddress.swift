import Foundation

/// An e-mail address that a mail server can be asked to deliver to: `dot-atom@domain.name`, ASCII, at most 254 characters (RFC 5321).
///
/// Two addresses are equal when their normalised forms are. Quoted local parts, comments and address literals are refused;
/// a domain in another script is turned into its ASCII form (`müller.example` is kept as `xn--mller-kva.example`).
public struct EmailAddress: Sendable {
  /// What stands before the `@`, as written.
  public let local: String
  /// The domain in lower-case ASCII.
  public let domain: String

  /// Why a text is not an address.
  public enum Fault: Error, Sendable, Hashable {
    case empty
    case noAtSign
    case severalAtSigns
    case tooLong
    case localPart
    case localPartNotASCII
    case quotedLocalPart
    case domain
  }

  /// Reads an address. Spaces around it are ignored; anything else that does not belong is a `Fault`.
  public init(_ text: String) throws(Fault) {
    let trimmed = text.trimmingCharacters(in: CharacterSet(charactersIn: " "))
    guard !trimmed.isEmpty else { throw .empty }
    guard trimmed.utf8.count <= 1000 else { throw .tooLong }
    if trimmed.hasPrefix("\"") { throw .quotedLocalPart }
    let parts = trimmed.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count > 1 else { throw .noAtSign }
    guard parts.count == 2, let local = parts.first, let domain = parts.last else { throw .severalAtSigns }
    try EmailAddress.checkLocal(local)
    guard let domain = DomainName.ascii(String(domain)) else { throw .domain }
    guard local.utf8.count <= 64, local.utf8.count + 1 + domain.utf8.count <= 254 else { throw .tooLong }
    self.local = String(local)
    self.domain = domain
  }

  /// The form that is stored in unique columns and compared: all lower case.
  public var normalised: String { local.lowercased() + "@" + domain }

  private static func checkLocal(_ local: Substring) throws(Fault) {
    guard local.utf8.allSatisfy({ $0 < 0x80 }) else { throw .localPartNotASCII }
    for atom in local.split(separator: ".", omittingEmptySubsequences: false) {
      guard !atom.isEmpty, atom.utf8.allSatisfy(HeaderText.isAtomByte) else { throw .localPart }
    }
  }
}

extension EmailAddress: Hashable {
  public static func == (a: EmailAddress, b: EmailAddress) -> Bool { a.normalised == b.normalised }
  public func hash(into hasher: inout Hasher) { hasher.combine(normalised) }
}

extension EmailAddress: CustomStringConvertible {
  public var description: String { local + "@" + domain }
}

extension EmailAddress: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    do {
      try self.init(container.decode(String.self))
    } catch let fault as Fault {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: fault.description)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension EmailAddress.Fault: CustomStringConvertible {
  /// A sentence for the person who typed the address.
  public var description: String {
    switch self {
    case .empty, .noAtSign: "Enter an address such as ann@example.org."
    case .severalAtSigns: "An address has one @ only."
    case .tooLong: "An address has at most 254 characters, 64 of them before the @."
    case .localPart: "There is a character before the @ that we cannot take."
    case .localPartNotASCII: "Before the @ we can take unaccented letters, digits and signs only."
    case .quotedLocalPart: "Addresses in quotation marks are not supported."
    case .domain: "What follows the @ is not the name of a mail domain, such as example.org."
    }
  }
}
