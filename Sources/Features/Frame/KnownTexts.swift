import Foundation
import Kit
import Store
import Synchronization

/// Values as rows keep them in JSON, decoded once for each text: many rows hold the same.
final class KnownTexts<Value: Decodable & Sendable>: Sendable {
  private let values = Mutex<[String: Value]>([:])
  private let most: Int

  init(most: Int) { self.most = most }

  func value(_ text: String) throws -> Value {
    if let known = values.withLock({ $0[text] }) { return known }
    let value = try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    values.withLock { values in
      if values.count >= most { values.removeAll() }
      values[text] = value
    }
    return value
  }
}

extension Transaction {
  /// What a text stands for.
  func decoded<Value: Decodable & Sendable>(_ text: String, as: Value.Type = Value.self) throws -> Value {
    try memory.value { KnownTexts<Value>(most: 500) }.value(text)
  }
}
