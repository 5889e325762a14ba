import Foundation

/// Addresses that something holds for: single ones, and networks such as `10.0.0.0/8` or `2001:db8::/32`.
public struct Networks: Sendable, Hashable {
  private struct Network: Hashable {
    let bytes: [UInt8]
    let bits: Int

    func contains(_ address: [UInt8]) -> Bool {
      let (whole, rest) = (bits / 8, bits % 8)
      guard address[..<whole] == bytes[..<whole] else { return false }
      return rest == 0 || (address[whole] ^ bytes[whole]) >> UInt8(8 - rest) == 0
    }
  }

  private let networks: [Network]

  public static let none = Networks([])

  private init(_ networks: [Network]) { self.networks = networks }

  /// Nil when one of the texts is neither an IP address nor a network.
  public init?(texts: [String]) {
    var networks: [Network] = []
    for text in texts {
      let halves = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      guard let address = halves.first.map(String.init), let bytes = Self.bytes(address) else { return nil }
      let most = address.contains(":") ? 128 : 32
      guard let bits = halves.count == 2 ? Int(halves[1]) : most, (0...most).contains(bits) else { return nil }
      networks.append(Network(bytes: bytes, bits: 128 - most + bits))
    }
    self.networks = networks
  }

  public func contains(_ address: String) -> Bool {
    guard !networks.isEmpty, let bytes = Self.bytes(address) else { return false }
    return networks.contains { $0.contains(bytes) }
  }

  /// Sixteen bytes; IPv4 as IPv6 writes it, so that both ways of naming one machine are the same.
  static func bytes(_ address: String) -> [UInt8]? {
    var four = in_addr()
    if inet_pton(AF_INET, address, &four) == 1 {
      return [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF] + withUnsafeBytes(of: &four) { Array($0) }
    }
    var six = in6_addr()
    guard inet_pton(AF_INET6, String(address.prefix { $0 != "%" }), &six) == 1 else { return nil }
    return withUnsafeBytes(of: &six) { Array($0) }
  }
}
