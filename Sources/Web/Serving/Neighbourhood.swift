import Foundation

/// Whom an address stands for: a household has a whole /64 of IPv6.
public enum Neighbourhood {
  /// This machine itself, by IPv6.
  static let ownMachine = "::1"

  /// IPv4 as it is, also when it comes as IPv6; of IPv6 the first 64 bits in one way of writing; what is neither, as it is.
  public static func of(_ address: String) -> String {
    guard address.contains(":"), let parts = Networks.bytes(address) else { return address }
    // `::ffff:198.51.100.7`: one address, not one of a household's.
    if parts[..<10].allSatisfy({ $0 == 0 }), parts[10] == 0xFF, parts[11] == 0xFF {
      return parts[12...].map { String($0) }.joined(separator: ".")
    }
    if parts.dropLast().allSatisfy({ $0 == 0 }), parts[15] == 1 { return ownMachine }
    let groups = stride(from: 0, to: 8, by: 2).map { String(Int(parts[$0]) << 8 | Int(parts[$0 + 1]), radix: 16) }
    return groups.joined(separator: ":") + "::/64"
  }
}
