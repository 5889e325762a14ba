import Interchange

/// Why a package was refused.
public enum DeckRefusal: Error, Sendable, Hashable, CustomStringConvertible {
  case package(DeckPackage.Refusal)
  /// The database cannot be read.
  case damaged
  /// More notes, cards or answers than are taken.
  case tooMany
  /// Something points at what is not there.
  case dangling(String)

  public var description: String {
    switch self {
    case .package(let refusal): refusal.description
    case .damaged: "The collection in the package is damaged."
    case .tooMany: "The package holds more than 100,000 notes, 300,000 cards or 3,000,000 answers."
    case .dangling(let text): "The package is damaged. \(text)"
    }
  }
}

extension Deck {
  /// Reads a package of any flavour. Nothing is written to disk.
  public init(package bytes: [UInt8], limits: ZipLimits = DeckPackage.limits) throws(DeckRefusal) {
    let package: DeckPackage
    do throws(DeckPackage.Refusal) { package = try DeckPackage(bytes, limits: limits) } catch { throw .package(error) }
    self = try CollectionReader(package.collection).deck
    media = package.media
    remarks = package.missingMedia.map { "\"\($0)\" is listed but not in the package." }
  }

  /// The deck as a package. Every Anki since 2.0 reads `.oldest`, since 2.1 `.legacy`.
  ///
  /// - Parameter modified: seconds since 1970, kept as the time of the last change.
  /// - Throws: `DeckRefusal` when a name cannot stand in an archive or the package grows beyond 4 GiB.
  public func package(flavour: DeckPackage.Flavour = .legacy, modified: Int64) throws(DeckRefusal) -> [UInt8] {
    let collection = try CollectionWriter(self, modified: modified).bytes()
    do throws(DeckPackage.Refusal) {
      return try DeckPackage(flavour: flavour, collection: collection, media: media).write()
    } catch {
      throw .package(error)
    }
  }
}
