import Foundation
import Kit
import Store

/// What an organisation decides for itself; each has a default.
public struct OrganisationSettings: Codable, Sendable, Hashable {
  /// A cancellation within so many hours of the start counts as late.
  public var lateCancelHours = 3

  public init() {}

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    lateCancelHours = try fields.decodeIfPresent(Int.self, forKey: .lateCancelHours) ?? 3
  }

  var lateCancelWords: String { counted(lateCancelHours, "hour") }

  public static func find(_ org: ID<Organisation>, _ tx: Transaction) throws -> OrganisationSettings {
    guard let text: String = try tx.value("SELECT settings FROM organisation WHERE id = \(org)") else { throw Problem.notFound }
    return try JSONDecoder().decode(OrganisationSettings.self, from: Data(text.utf8))
  }

  /// As it is kept: JSON in the row of the organisation.
  var text: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }
}
