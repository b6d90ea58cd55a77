#include "gateway/haproxy/log_records.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <concepts>
#include <string>

#include "gateway/haproxy/handshake_outcome.h"

namespace everseal::gateway::haproxy {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr std::int64_t longest = 1'000'000'000'000;  // more milliseconds than anything takes

template <std::integral Number>
std::optional<Number> number(std::string_view text) {
  Number value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// "192.0.2.1:80", "::1:80".
std::optional<Endpoint> endpoint(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto port = number<std::uint16_t>(text.substr(colon + 1));
  if (!port) return std::nullopt;
  return Endpoint{std::string(text.substr(0, colon)), *port};
}

// "250102030405Z" as "2025-01-02T03:04:05Z".
std::string date(std::string_view text) {
  constexpr std::size_t length = 13;
  const auto digits = text.substr(0, length - 1);
  if (text.size() != length || text.back() != 'Z' ||
      digits.find_first_not_of("0123456789") != std::string_view::npos) {
    return {};
  }
  const auto two = [&](std::size_t at) { return std::string(text.substr(at, 2)); };
  return "20" + two(0) + "-" + two(2) + "-" + two(4) + "T" + two(6) + ":" + two(8) + ":" + two(10) +
         "Z";
}

// The path of "https://example/path?query", which is how HTTP/2 has it.
std::string path_of(const std::string& address) {
  const auto scheme = address.find("://");
  if (address.starts_with('/') || scheme == std::string::npos) return address;
  const auto path = address.find('/', scheme + 3);
  return path == std::string::npos ? "/" : address.substr(path);
}

// Milliseconds of: request, queue, connection, answer, its data, all.
std::optional<std::array<std::int64_t, 6>> times_in(std::string_view text) {
  std::array<std::int64_t, 6> times{};
  for (auto& time : times) {
    const auto end = std::min(text.find('/'), text.size());
    const auto value = number<std::int64_t>(text.substr(0, end));
    if (!value || *value < -1 || *value > longest) return std::nullopt;
    time = *value;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return times;
}

std::optional<milliseconds> if_any(std::int64_t time) {
  if (time < 0) return std::nullopt;
  return milliseconds(time);
}

// What each line has.
struct Common {
  const LogLine& line;
  const LogNames& names;
  std::shared_ptr<const LogNames::Listener> listener;
  Instant at;
  milliseconds accepted;
  Endpoint client;
  Endpoint here;

  bool has_tls() const { return !listener->certificate.empty(); }
  std::string text(Word word) const { return std::string(line[word]); }
  // Of TLS 1.2 it is known only when the handshake is over.
  bool has_cipher() const { return line[Word::Cipher] != "(NONE)"; }
  std::string tls_cipher() const { return has_cipher() ? text(Word::Cipher) : std::string(); }
  // OpenSSL begins with 1.3, and learns of another version from the client's first message.
  std::string tls_version() const {
    const bool is_agreed = has_cipher() || line[Word::Version] != "TLSv1.3";
    return is_agreed ? text(Word::Version) : std::string();
  }
};

ConnectionRecord connection_of(const Common& common) {
  const auto& line = common.line;
  ConnectionRecord record{.at = common.at,
                          .load_balancer = common.listener->load_balancer,
                          .listener = common.listener->id,
                          .id = common.text(Word::Id),
                          .client = common.client,
                          .here = common.here,
                          .tls_version = common.tls_version(),
                          .tls_cipher = common.tls_cipher(),
                          .handshake = handshake_of(line, common.has_tls()),
                          .subject = decoded(line[Word::Subject]),
                          .serial_number = common.text(Word::Serial),
                          .not_before = date(line[Word::NotBefore]),
                          .not_after = date(line[Word::NotAfter])};
  if (record.handshake == Handshake::Success || record.handshake == Handshake::None) {
    const milliseconds took(std::clamp<std::int64_t>(
        number<std::int64_t>(line[Word::HandshakeMs]).value_or(0), 0, longest));
    record.at = Instant(common.accepted + took);
    if (common.has_tls()) record.handshake_time = took;
  }
  return record;
}

// Where a decision was made by whom, as far as it was.
void add_decision(const Common& common, RequestRecord& record) {
  const auto& line = common.line;
  record.rule = number<int>(line[Word::Rule]);
  record.location = decoded(line[Word::Location]);
  if (!record.location.empty()) {
    record.decision = Decision::Redirect;
  } else if (line[Word::Back] != line[Word::Front]) {
    record.decision = Decision::Forward;
    record.target_group = common.names.target_group(line[Word::Back]);
    record.target = endpoint(line[Word::Target]);
  } else if (record.rule && line[Word::State].starts_with('L')) {
    record.decision = Decision::FixedResponse;
  }
}

void add_certificate(const Common& common, RequestRecord& record) {
  record.server_name = decoded(common.line[Word::Sni]);
  const auto shown = common.names.certificate(common.line[Word::Own]);
  if (!shown) return;
  record.certificate = shown->id;
  const bool is_for_strangers = shown->id == common.listener->certificate;
  if (is_for_strangers && !shown->is_for(record.server_name)) record.server_name.clear();
}

// What is known of it whatever the client said.
RequestRecord request_over(const Common& common) {
  const auto& line = common.line;
  RequestRecord record{.began_at = common.at,
                       .ended_at = common.at,
                       .load_balancer = common.listener->load_balancer,
                       .listener = common.listener->id,
                       .connection = common.text(Word::Id),
                       .client = common.client,
                       .here = common.here,
                       .tls_version = common.tls_version(),
                       .tls_cipher = common.tls_cipher()};
  const auto status = number<int>(line[Word::Status]).value_or(0);
  if (status > 0) record.status = status;
  if (common.has_tls()) add_certificate(common, record);
  return record;
}

Result<RequestRecord> request_of(const Common& common) {
  const auto& line = common.line;
  const auto times = times_in(line[Word::Times]);
  const auto received = number<std::uint64_t>(line[Word::Received]);
  const auto sent = number<std::uint64_t>(line[Word::Sent]);
  if (!times || !received || !sent) return Fault::malformed("a request without its numbers");
  const auto& [head, queue, connect, answer, data, all] = *times;
  RequestRecord record = request_over(common);
  record.began_at = record.ended_at - milliseconds(std::max<std::int64_t>(0, all));
  if (!line[Word::Method].starts_with('<')) {
    record.method = common.text(Word::Method);
    record.version = common.text(Word::Http);
    record.path = path_of(decoded(line[Word::Uri], '#'));
  }
  record.host = decoded(line[Word::Host]);
  record.user_agent = decoded(line[Word::Agent]);
  record.trace = decoded(line[Word::Trace]);
  add_decision(common, record);
  record.target_status = number<int>(line[Word::TargetStatus]);
  if (connect >= 0 && record.target) {
    record.request_time =
        milliseconds(std::max<std::int64_t>(0, head) + std::max<std::int64_t>(0, queue) + connect);
    record.target_time = if_any(answer);
    record.response_time = answer < 0 ? std::nullopt : if_any(data);
  }
  record.received_octets = *received;
  record.sent_octets = *sent;
  record.client_left = line[Word::State].starts_with('C') && !record.target_status;
  if (record.client_left) record.status.reset();
  return record;
}

Result<Common> common_of(const LogLine& line, const LogNames& names) {
  const auto at = number<std::int64_t>(line[Word::At]);
  const auto accepted = number<std::int64_t>(line[Word::Accepted]);
  const auto client = endpoint(line[Word::Client]);
  const auto here = endpoint(line[Word::Here]);
  // Whatever is added to it, the year has four digits.
  constexpr std::int64_t most_millis = 250'000'000'000'000;
  if (!at || !accepted || !client || !here || *at < 0 || *at / 1000 > most_millis ||
      *accepted < 0 || *accepted > most_millis) {
    return Fault::malformed("a line without time, client or listener");
  }
  auto listener = names.listener(line[Word::Front]);
  if (!listener) return Fault::conflict("a line of a listener that nobody knows");
  return Common{
      line,    names, std::move(listener), Instant(microseconds(*at)), milliseconds(*accepted),
      *client, *here};
}

}  // namespace

Result<LogRecords> records_of(const LogLine& line, const LogNames& names) {
  const auto common = common_of(line, names);
  if (!common) return common.error();
  const bool is_refused = !line[Word::Refused].empty();
  const bool is_lost = line[Word::Id].empty();
  LogRecords records;
  if (is_refused || is_lost || line[Word::New] == "1") records.connection = connection_of(*common);
  if (is_refused || is_lost) return records;
  if (line.is_request) {
    auto request = request_of(*common);
    if (!request) return request.error();
    records.request = *std::move(request);
  } else if (line[Word::State] == "PR") {  // what HTTP/1 said is no request
    records.request = request_over(*common);
    records.request->is_malformed = true;
  }
  return records;
}

}  // namespace everseal::gateway::haproxy
