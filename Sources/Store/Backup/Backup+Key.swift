import Kit

extension Backup {
  /// A key that a backup holds, wherever it was read from.
  public struct Key: Sendable {
    let name: String
    let content: [UInt8]

    public init(name: String, content: [UInt8]) {
      self.name = name
      self.content = content
    }

    /// The one secret of an installation, written as the data folder's own file has it.
    public init(secret: [UInt8]) { self.init(name: Backup.secretName, content: Array((secret.base64URL + "\n").utf8)) }
  }

  /// The name that the secret of an installation has in a backup and in the data folder.
  public static let secretName = "secret_key"
}
