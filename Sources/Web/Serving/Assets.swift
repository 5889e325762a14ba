import Crypto
import Foundation
import Kit

/// Style, scripts and drawings, kept in memory under names that change with their content, so that they may be cached for a year.
public struct Assets: Sendable {
  struct Asset: Sendable {
    let bytes: [UInt8]
    let compressed: [UInt8]?
    let contentType: String
    let tag: String
    let path: String
  }

  private let byPath: [String: Asset]
  private let byName: [String: Asset]

  public init(_ folder: URL) throws {
    var byPath: [String: Asset] = [:]
    var byName: [String: Asset] = [:]
    for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil).sorted(by: { $0.path < $1.path }) {
      guard let contentType = Assets.types[file.pathExtension] else { continue }
      let bytes = Array(try Data(contentsOf: file))
      let tag = Array(SHA256.hash(data: bytes).prefix(8)).hex
      let name = file.lastPathComponent
      let path = "/assets/\(file.deletingPathExtension().lastPathComponent).\(tag).\(file.pathExtension)"
      let compressed = contentType.hasPrefix("image/png") || contentType.hasPrefix("font") ? nil : Gzip.compress(bytes)
      let asset = Asset(bytes: bytes, compressed: compressed, contentType: contentType, tag: tag, path: path)
      byPath[path] = asset
      // Modules import each other by their plain names.
      byPath["/assets/\(name)"] = asset
      byName[name] = asset
    }
    self.byPath = byPath
    self.byName = byName
  }

  /// The address of an asset, with the hash of its content.
  public func path(_ name: String) -> String { byName[name]?.path ?? "/assets/\(name)" }

  /// What an asset holds, by its plain name.
  public func bytes(_ name: String) -> [UInt8]? { byName[name]?.bytes }

  func asset(at path: String) -> Asset? { byPath[path] }

  /// Bytes of all scripts together.
  public var scriptBytes: Int { byName.values.filter { $0.contentType.hasPrefix("text/javascript") }.reduce(0) { $0 + $1.bytes.count } }

  private static let types = [
    "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml", "png": "image/png",
    "woff2": "font/woff2", "webmanifest": "application/manifest+json",
  ]
}
