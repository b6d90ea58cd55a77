#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "aws/document.h"
#include "http/message.h"

namespace everseal::aws::endpoint {

// Octets that an answer brings besides its members, piece by piece: a stored object. A Response
// with a member `Content content` beside its fields is answered so. The answer to HEAD has a length
// and no source.
struct Content {
  std::unique_ptr<http::BodySource> source{};
  std::optional<std::uint64_t> length{};
};

// What an operation answers.
struct Answer {
  // NOLINTNEXTLINE(google-explicit-constructor): most answers are a document.
  Answer(Document document) : output(std::move(document)) {}
  Answer(Document document, Content octets)
      : output(std::move(document)), content(std::move(octets)) {}

  Document output;
  Content content{};
};

}  // namespace everseal::aws::endpoint

namespace everseal::aws {
using endpoint::Content;
}
