/// Tells addresses of the public Internet from those of this machine, its network, and special uses.
///
/// Source: the IANA special-purpose address registries for IPv4 and IPv6. What is not known to be public is not public.
public enum PublicAddress {
  /// Whether an IPv4 (4 bytes) or IPv6 (16 bytes) address is public unicast. Any other count of bytes is not.
  public static func isPublic(_ bytes: [UInt8]) -> Bool {
    switch bytes.count {
    case 4: isPublicFour(bytes)
    case 16: isPublicSix(bytes)
    default: false
    }
  }

  private static func isPublicFour(_ bytes: [UInt8]) -> Bool {
    let address = bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return !special.contains { address >> (32 - $0.bits) == $0.prefix >> (32 - $0.bits) }
  }

  private static func isPublicSix(_ bytes: [UInt8]) -> Bool {
    // An IPv4 address in IPv6 clothes is judged as what it is: mapped, translated (64:ff9b::/96), 6to4.
    if bytes.prefix(10).allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF { return isPublicFour(Array(bytes[12...])) }
    if bytes.starts(with: [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]) { return isPublicFour(Array(bytes[12...])) }
    if bytes.starts(with: [0x20, 0x02]) { return isPublicFour(Array(bytes[2..<6])) }
    // Global unicast is 2000::/3; within it 2001::/23 is for protocols and 2001:db8::/32, 3fff::/20 for documentation.
    guard bytes[0] >> 5 == 1 else { return false }
    if bytes[0] == 0x20, bytes[1] == 0x01, bytes[2] < 2 { return false }
    if bytes.starts(with: [0x20, 0x01, 0x0D, 0xB8]) { return false }
    return !(bytes[0] == 0x3F && bytes[1] == 0xFF && bytes[2] < 0x10)
  }

  private static let special: [(prefix: UInt32, bits: UInt32)] = [
    (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8), (0xA9FE_0000, 16), (0xAC10_0000, 12), (0xC000_0000, 24),
    (0xC000_0200, 24), (0xC058_6300, 24), (0xC0A8_0000, 16), (0xC612_0000, 15), (0xC633_6400, 24), (0xCB00_7100, 24), (0xE000_0000, 4),
    (0xF000_0000, 4),
  ]
}
