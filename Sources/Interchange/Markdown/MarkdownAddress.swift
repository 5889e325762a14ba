/// Which addresses rendered Markdown may hold.
enum MarkdownAddress {
  static func isAllowedLink(_ address: String) -> Bool {
    guard hasNoTrap(address) else { return false }
    let scheme = address.utf8.prefix(8).map { Ascii.isLetter($0) ? $0 | 0x20 : $0 }
    return isOwnPath(address) || ["http://", "https://", "mailto:"].contains { scheme.starts(with: $0.utf8) }
  }

  static func isAllowedImage(_ address: String) -> Bool { hasNoTrap(address) && isOwnPath(address) }

  /// `//host` names another site.
  private static func isOwnPath(_ address: String) -> Bool { address.begins(with: "/") && !address.begins(with: "//") }

  /// Browsers drop tabs and line breaks inside an address and read a backslash as a slash.
  private static func hasNoTrap(_ address: String) -> Bool {
    address.utf8.allSatisfy { $0 > Ascii.space && $0 != 0x7F && $0 != Ascii.backslash }
  }
}
