// A pattern and an event from strangers, a line each: whatever the octets are, nothing breaks; what
// is printed is read back as the same; an index of patterns finds what the pattern itself says; and
// a pattern matches an event no less for a field more that it does not mention.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "encoding/bytes.h"
#include "services/events/json/json.h"
#include "services/events/pattern/pattern.h"
#include "services/events/pattern/pattern_index.h"

namespace {

using namespace everseal;
using namespace everseal::events;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_printing(const json::Value& value) {
  const auto text = json::print(value);
  const auto again = json::parse(text);
  require(again.has_value());
  require(json::print(*again) == text);
}

void check_matching(const Pattern& pattern, json::Value event) {
  const bool matches = pattern.matches(event);
  require(PatternIndex({pattern}).matching(event).size() == (matches ? 1U : 0U));
  if (event.kind != json::Value::Kind::Object) return;
  event.members.push_back({"\x01 mentioned nowhere", 0, json::string_value("x")});
  require(pattern.matches(event) == matches);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = as_text(ByteView(data, size));
  const auto line = text.find('\n');
  const auto pattern = Pattern::compile(text.substr(0, line));
  const auto event =
      json::parse(line == std::string_view::npos ? std::string_view() : text.substr(line + 1));
  if (!pattern) require(!pattern.error().reason.empty());
  if (event) check_printing(*event);
  // A name with this octet can be written as an escape.
  if (pattern && event && text.find("u0001") == std::string_view::npos)
    check_matching(*pattern, *event);
  return 0;
}
