import Foundation

/// Whom an address stands for: a household has a whole /64 of IPv6.
public enum Neighbourhood {
  /// IPv4 as it is, of IPv6 the first 64 bits in one way of writing; what is neither, as it is.
  public static func of(_ address: String) -> String {
    guard address.contains(":") else { return address }
    var bytes = in6_addr()
    guard inet_pton(AF_INET6, String(address.prefix { $0 != "%" }), &bytes) == 1 else { return address }
    let groups = withUnsafeBytes(of: &bytes) { raw in
      stride(from: 0, to: 8, by: 2).map { String(Int(raw[$0]) << 8 | Int(raw[$0 + 1]), radix: 16) }
    }
    return groups.joined(separator: ":") + "::/64"
  }
}
