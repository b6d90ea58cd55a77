#include "services/logs/chunk.h"

#include <optional>

namespace everseal::logs {
namespace {

constexpr unsigned bits_a_digit = 7;
constexpr std::uint8_t more = 0x80;

void put_number(Bytes& out, std::uint64_t number) {
  while (number >= more) {
    out.push_back(static_cast<std::uint8_t>(number | more));
    number >>= bits_a_digit;
  }
  out.push_back(static_cast<std::uint8_t>(number));
}

std::optional<std::uint64_t> take_number(ByteView& in) {
  std::uint64_t number = 0;
  for (unsigned shift = 0; shift < 63 && !in.empty(); shift += bits_a_digit) {
    const auto digit = in.front();
    in = in.subspan(1);
    number |= static_cast<std::uint64_t>(digit & (more - 1)) << shift;
    if ((digit & more) == 0) return number;
  }
  return std::nullopt;
}

bool fits(const Chunk& chunk, const Event& event) {
  return event.at - chunk.first < Chunk::longest &&
         chunk.events.size() + event.message.size() <= Chunk::usual_octets;
}

Fault damaged() { return Fault::broken("logs: the events of a chunk cannot be read"); }

}  // namespace

std::vector<Chunk> to_chunks(std::span<const Event> events) {
  std::vector<Chunk> chunks;
  for (const auto& event : events) {
    if (chunks.empty() || !fits(chunks.back(), event)) {
      chunks.push_back({.first = event.at, .last = event.at, .events = {}});
    }
    auto& chunk = chunks.back();
    chunk.last = event.at;
    chunk.octets += static_cast<std::int64_t>(event.message.size() + octets_beside_message);
    put_number(chunk.events, static_cast<std::uint64_t>((event.at - chunk.first).count()));
    put_number(chunk.events, event.message.size());
    const auto octets = as_bytes(event.message);
    chunk.events.insert(chunk.events.end(), octets.begin(), octets.end());
  }
  return chunks;
}

Outcome each_event(TimePoint first, ByteView events,
                   const std::function<bool(TimePoint at, std::string_view message)>& use) {
  while (!events.empty()) {
    const auto distance = take_number(events);
    const auto length = take_number(events);
    if (!distance || !length || *length > events.size()) return damaged();
    const auto at = first + std::chrono::milliseconds{static_cast<std::int64_t>(*distance)};
    if (!use(at, as_text(events.first(*length)))) return {};
    events = events.subspan(*length);
  }
  return {};
}

}  // namespace everseal::logs
