#include "services/logs/event_page.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

#include "services/logs/chunk.h"

namespace everseal::logs {
namespace {

constexpr std::size_t most_octets = 1024 * 1024;          // of a page
constexpr std::size_t most_looked_at = 16 * 1024 * 1024;  // for one page, of stored octets
constexpr std::size_t cost_of_a_row = 64;
constexpr std::int64_t rows_at_once = 256;

// A chunk without its events.
struct ChunkRow {
  std::int64_t id;
  std::int64_t stream;
  TimePoint first;
  TimePoint last;
  TimePoint ingested_at;
};

// Keeps the first events of those that it is given, in the direction of the query.
class Collector {
 public:
  explicit Collector(const EventQuery& query) : query_(query), events_(Before{query.direction}) {}

  bool wants(const EventKey& key) const {
    if (query_.beyond && !is_before(*query_.beyond, key)) return false;
    return !ceiling_ || is_before(key, *ceiling_);
  }
  void add(StoredEvent event) {
    octets_ += event.message.size() + octets_beside_message;
    const auto key = event.key;
    events_.emplace(key, std::move(event));
    while (events_.size() > query_.most_events || (octets_ > most_octets && events_.size() > 1)) {
      const auto last = std::prev(events_.end());
      octets_ -= last->second.message.size() + octets_beside_message;
      ceiling_ = last->first;
      events_.erase(last);
    }
  }
  bool is_full() const { return ceiling_.has_value(); }
  TimePoint last_time() const { return std::prev(events_.end())->first.at; }

  // What a page that was not looked for to its end can still say for sure: all before that moment.
  void forget_from(TimePoint moment) {
    std::erase_if(events_, [&](const auto& entry) {
      const auto at = entry.first.at;
      return query_.direction == Direction::Forward ? at >= moment : at <= moment;
    });
  }

  EventPage page(std::optional<EventKey> next) {
    EventPage page{.events = {}, .next = next};
    if (is_full() && !events_.empty()) page.next = std::prev(events_.end())->first;
    for (auto& [key, event] : events_) page.events.push_back(std::move(event));
    if (query_.direction == Direction::Backward) std::ranges::reverse(page.events);
    return page;
  }

 private:
  struct Before {
    Direction direction;
    bool operator()(const EventKey& left, const EventKey& right) const {
      return direction == Direction::Forward ? left < right : right < left;
    }
  };
  bool is_before(const EventKey& left, const EventKey& right) const {
    return Before{query_.direction}(left, right);
  }

  const EventQuery& query_;
  std::map<EventKey, StoredEvent, Before> events_;
  std::size_t octets_ = 0;
  std::optional<EventKey> ceiling_;  // from it on there is more
};

// Chunks in the direction of the query, a few rows at a time.
class Chunks {
 public:
  Chunks(sql::Snapshot& view, const EventQuery& query) : view_(view), query_(query) {
    from_ = query.from;
    until_ = query.until;
    if (query.beyond && is_forward()) from_ = std::max(from_, query.beyond->at);
    // Those at that moment may stand on either side of it.
    if (query.beyond && !is_forward()) {
      until_ = std::min(until_, query.beyond->at + std::chrono::milliseconds{1});
    }
    last_ = is_forward() ? from_ - std::min(Chunk::longest, from_.time_since_epoch()) : until_;
    if (!is_forward() && until_ < TimePoint::max() - Chunk::longest) last_ += Chunk::longest;
    last_id_ = is_forward() ? -1 : std::numeric_limits<std::int64_t>::max();
  }

  Result<std::optional<ChunkRow>> next() {
    if (at_ == rows_.size() && !is_last_) {
      if (auto filled = fill(); !filled) return filled.error();
    }
    if (at_ == rows_.size()) return std::optional<ChunkRow>();
    return std::optional(rows_[at_++]);
  }
  TimePoint from() const { return from_; }
  TimePoint until() const { return until_; }

 private:
  bool is_forward() const { return query_.direction == Direction::Forward; }

  Outcome fill() {
    auto rows = select();
    if (!rows) return rows.error();
    is_last_ = std::ssize(*rows) < rows_at_once;
    rows_.clear();
    at_ = 0;
    for (const auto& row : *rows) {
      rows_.push_back({row.integer(0), row.integer(1), row.time(2), row.time(3), row.time(4)});
    }
    if (rows_.empty()) return {};
    last_ = is_forward() ? rows_.back().first : rows_.back().last;
    last_id_ = rows_.back().id;
    return {};
  }

  // A chunk that begins so long before cannot reach the first moment.
  Result<std::vector<sql::Row>> select() {
    if (!query_.stream) {
      return view_.all(
          "SELECT id, stream_id, first_event, last_event, ingested_at FROM logs_chunk "
          "WHERE group_id = $1 AND (first_event, id) > ($2, $3) AND first_event < $4 "
          "AND last_event >= $5 ORDER BY first_event, id LIMIT $6",
          query_.group, last_, last_id_, until_, from_, rows_at_once);
    }
    if (is_forward()) {
      return view_.all(
          "SELECT id, stream_id, first_event, last_event, ingested_at FROM logs_chunk "
          "WHERE stream_id = $1 AND (first_event, id) > ($2, $3) AND first_event < $4 "
          "AND last_event >= $5 ORDER BY first_event, id LIMIT $6",
          *query_.stream, last_, last_id_, until_, from_, rows_at_once);
    }
    return view_.all(
        "SELECT id, stream_id, first_event, last_event, ingested_at FROM logs_chunk "
        "WHERE stream_id = $1 AND (last_event, id) < ($2, $3) AND first_event < $4 "
        "AND last_event >= $5 ORDER BY last_event DESC, id DESC LIMIT $6",
        *query_.stream, last_, last_id_, until_, from_, rows_at_once);
  }

  sql::Snapshot& view_;
  const EventQuery& query_;
  TimePoint from_;
  TimePoint until_;
  TimePoint last_;  // first or last moment of the last row
  std::int64_t last_id_;
  std::vector<ChunkRow> rows_;
  std::size_t at_ = 0;
  bool is_last_ = false;
};

class Reading {
 public:
  Reading(sql::Snapshot& view, const EventQuery& query)
      : view_(view), query_(query), chunks_(view, query), collector_(query) {}

  Result<EventPage> page() {
    for (;;) {
      const auto chunk = chunks_.next();
      if (!chunk) return chunk.error();
      if (!*chunk) return collector_.page(std::nullopt);
      const auto begin = is_forward() ? (*chunk)->first : (*chunk)->last;
      if (collector_.is_full() && is_past(begin, collector_.last_time())) {
        return collector_.page(std::nullopt);
      }
      if (looked_at_ > most_looked_at && is_past(begin, start())) return unfinished(begin);
      if (auto taken = take(**chunk); !taken) return taken.error();
    }
  }

 private:
  bool is_forward() const { return query_.direction == Direction::Forward; }
  bool is_past(TimePoint moment, TimePoint other) const {
    return is_forward() ? moment > other : moment < other;
  }
  TimePoint start() const {
    return is_forward() ? chunks_.from() : chunks_.until() - std::chrono::milliseconds{1};
  }

  // Goes on with that moment, of which nothing is given yet.
  EventPage unfinished(TimePoint begin) {
    collector_.forget_from(begin);
    constexpr auto last = std::numeric_limits<std::int64_t>::max();
    return collector_.page(is_forward() ? EventKey{begin, -1, -1} : EventKey{begin, last, last});
  }

  Outcome take(const ChunkRow& chunk) {
    looked_at_ += cost_of_a_row;
    if (query_.stream_passes) {
      const auto passes = query_.stream_passes(chunk.stream);
      if (!passes) return passes.error();
      if (!*passes) return {};
    }
    const auto row = view_.one("SELECT events FROM logs_chunk WHERE id = $1", chunk.id);
    if (!row) return row.error();
    if (!*row) return {};
    const auto& octets = (*row)->blob(0);
    looked_at_ += octets.size();
    std::int64_t index = 0;
    return each_event(chunk.first, octets, [&](TimePoint at, std::string_view message) {
      consider({at, chunk.id, index++}, chunk, message);
      return true;
    });
  }

  void consider(const EventKey& key, const ChunkRow& chunk, std::string_view message) {
    if (key.at < query_.from || key.at >= query_.until || !collector_.wants(key)) return;
    if (query_.message_passes && !query_.message_passes(message)) return;
    collector_.add({key, chunk.stream, chunk.ingested_at, std::string(message)});
  }

  sql::Snapshot& view_;
  const EventQuery& query_;
  Chunks chunks_;
  Collector collector_;
  std::size_t looked_at_ = 0;
};

bool take_number(std::string_view& text, std::int64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (text.starts_with('.')) text.remove_prefix(1);
  return true;
}

}  // namespace

std::string EventKey::text() const {
  return std::to_string(to_millis(at)) + "." + std::to_string(chunk) + "." + std::to_string(index);
}

std::optional<EventKey> EventKey::parse(std::string_view text) {
  std::int64_t millis = 0;
  EventKey key;
  if (!take_number(text, millis) || !take_number(text, key.chunk) ||
      !take_number(text, key.index) || !text.empty()) {
    return std::nullopt;
  }
  key.at = from_millis(millis);
  return key;
}

Result<EventPage> read_page(sql::Snapshot& view, const EventQuery& query) {
  return Reading(view, query).page();
}

}  // namespace everseal::logs
