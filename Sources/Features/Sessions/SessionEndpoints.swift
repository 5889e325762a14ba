import Kit
import Web

enum SessionEndpoints {
  static let all: [Endpoint] = []
}
