#include "services/logs/writer.h"

#include <algorithm>
#include <map>
#include <utility>

#include "encoding/utf8.h"
#include "services/logs/group_store.h"
#include "services/logs/stream_store.h"

namespace everseal::logs {
namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";  // U+FFFD
constexpr std::size_t longest_character = 4;

// How many octets the character at the front has; 0: it is none.
std::size_t character_at_front(std::string_view text) {
  for (std::size_t count = 1; count <= std::min(longest_character, text.size()); ++count) {
    if (encoding::utf8_length(text.substr(0, count)) == 1) return count;
  }
  return 0;
}

std::string as_utf8(std::string_view text) {
  if (encoding::utf8_length(text)) return std::string(text);
  std::string good;
  while (!text.empty()) {
    const auto count = character_at_front(text);
    good += count > 0 ? text.substr(0, count) : replacement;
    text.remove_prefix(std::max<std::size_t>(count, 1));
  }
  return good;
}

bool is_inside_character(char octet) { return (static_cast<unsigned char>(octet) & 0xc0) == 0x80; }

// Between characters.
std::size_t cut_of(std::string_view text) {
  if (text.size() <= Writer::longest_message) return text.size();
  auto cut = Writer::longest_message;
  while (is_inside_character(text[cut])) --cut;
  return cut;
}

std::vector<Event> prepared(const std::vector<Event>& events) {
  std::multimap<TimePoint, std::string> ordered;
  for (const auto& event : events) {
    const auto text = as_utf8(event.message);
    for (std::string_view rest = text; !rest.empty();) {
      const auto cut = cut_of(rest);
      ordered.emplace(event.at, rest.substr(0, cut));
      rest.remove_prefix(cut);
    }
  }
  std::vector<Event> ready;
  for (auto& [at, message] : ordered) ready.push_back({at, std::move(message)});
  return ready;
}

Result<std::int64_t> group_for(sql::Transaction& tx, const GroupName& name, TimePoint now) {
  const auto found = find_group(tx, name);
  if (!found) return found.error();
  if (*found) return (*found)->id;
  return add_group(tx, {.name = name, .created_at = now});
}

Result<Stream> stream_for(sql::Transaction& tx, const StreamName& name, TimePoint now) {
  const auto group = group_for(tx, name.group, now);
  if (!group) return group.error();
  const auto found = find_stream(tx, *group, name.name);
  if (!found) return found.error();
  if (*found) return **found;
  const auto added = add_stream(tx, *group, name.name, now);
  if (!added) return added.error();
  return Stream{.id = *added, .group = *group, .name = name.name, .created_at = now};
}

}  // namespace

Outcome Writer::write(const StreamName& stream, const std::vector<Event>& events) {
  const auto chunks = to_chunks(prepared(events));
  if (chunks.empty()) return {};
  const auto now = clock_.now();
  return database_.write([&](sql::Transaction& tx) -> Outcome {
    const auto found = stream_for(tx, stream, now);
    if (!found) return found.error();
    return append(tx, *found, chunks, now);
  });
}

Outcome Output::add(TimePoint at, std::string_view message) {
  if (was_cut_) return {};
  if (message.size() > limits_.most_octets - octets_) {
    was_cut_ = true;
    message = "(The output is longer than is kept. The rest of it is left out.)";
  }
  octets_ += std::min(message.size() + octets_beside_message, limits_.most_octets - octets_);
  waiting_octets_ += message.size() + octets_beside_message;
  waiting_.push_back({at, std::string(message)});
  return waiting_octets_ < limits_.octets_at_once ? Outcome() : flush();
}

// What could not be written stays, so that it can be tried again.
Outcome Output::flush() {
  if (waiting_.empty()) return {};
  const auto written = writer_.write(stream_, waiting_);
  if (!written) return written;
  waiting_.clear();
  waiting_octets_ = 0;
  return {};
}

}  // namespace everseal::logs
