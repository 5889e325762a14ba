import Crypto
import Interchange
import Kit
import Store
import Web

/// A picture or a sound that came with a person's cards. Nobody else gets at it.
enum DeckMedia {
  /// Bytes that one person may keep.
  static let most = 200_000_000

  /// Where the cards find it.
  static func address(_ id: ID<DeckMedia>) -> String { "/learn/decks/media/\(id)" }

  /// What a person has, by name.
  static func kept(_ viewer: Viewer, _ tx: Transaction) throws -> [String: ID<DeckMedia>] {
    let rows = try tx.rows("SELECT id, name FROM deck_media WHERE org_id = \(viewer.org) AND person_id = \(viewer.person)")
    return try rows.reduce(into: [:]) { media, row in media[try row("name")] = try row("id") }
  }

  /// Takes files in; one of a name that is here already is replaced.
  static func keep(
    _ files: [DeckPackage.Media], _ viewer: Viewer, _ tx: Transaction, _ world: World, most: Int = Self.most
  ) throws {
    if files.isEmpty { return }
    let rows = try tx.rows(
      "SELECT name, length(content) AS bytes FROM deck_media WHERE org_id = \(viewer.org) AND person_id = \(viewer.person)")
    let names = Set(files.map(\.name))
    var held = 0
    // What is replaced makes room.
    for row in rows {
      let name: String = try row("name")
      if !names.contains(name) { held += try row("bytes", as: Int.self) }
    }
    guard held + files.reduce(0, { $0 + $1.content.count }) <= most else {
      let detail = "Your sounds and pictures would take more than \(most / 1_000_000) MB. Nothing was changed."
      throw Problem.conflict(code: "media_full", detail: detail)
    }
    for file in files {
      try tx.run(
        """
        INSERT INTO deck_media (org_id, id, person_id, name, content)
        VALUES (\(viewer.org), \(world.id() as ID<DeckMedia>), \(viewer.person), \(file.name), \(file.content))
        ON CONFLICT (org_id, person_id, name) DO UPDATE SET content = excluded.content
        """)
    }
  }

  struct Wanted: Input, Codable { var media: ID<DeckMedia> }

  static let endpoint = Endpoint.custom(
    .get, "/learn/decks/media/:media", allow: .member, "Get a picture or a sound of one's cards", input: Wanted.self
  ) { call, wanted in
    let (name, content): (String, [UInt8]) = try await call.reading { tx in
      let viewer = try call.admit(tx)
      let row = try tx.row(
        "SELECT name, content FROM deck_media WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND id = \(wanted.media)")
      guard let row else { throw Problem.notFound }
      return (try row("name"), try row("content"))
    }
    // What a browser does not show by itself is a file to keep, whatever it calls itself.
    let type = types[name.split(separator: ".").last?.lowercased() ?? ""]
    let tag = "\"\(Array(SHA256.hash(data: content).prefix(12)).hex)\""
    let isKnown = call.headers[.ifNoneMatch] == tag
    var answer = Answer.bytes(isKnown ? [] : content, type ?? "application/octet-stream", fileName: type == nil ? name : nil)
    answer.status = isKnown ? 304 : 200
    // A browser asks each time: another file may have taken its place, or somebody else the browser.
    answer.headers += [("ETag", tag), ("Cache-Control", "private, no-cache")]
    return answer
  }.with { $0.contentType = "application/octet-stream" }

  private static let types = [
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp", "avif": "image/avif",
    "svg": "image/svg+xml", "mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "oga": "audio/ogg", "opus": "audio/ogg",
    "wav": "audio/wav", "flac": "audio/flac",
  ]
}
