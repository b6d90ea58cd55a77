#pragma once

#include <deque>

#include "gateway/haproxy/log_receiver.h"
#include "gateway/haproxy/test_clients.h"

// For the tests of this folder: a gateway that tells what happens, and who hears it.
namespace everseal::gateway::haproxy {

class HeardRecords final : public LogSink {
 public:
  void take(ConnectionRecord record) override { add(connections_, std::move(record)); }
  void take(RequestRecord record) override { add(requests_, std::move(record)); }
  // The next, in the order in which they came; one without anything if none comes.
  ConnectionRecord connection() { return next(connections_); }
  RequestRecord request() { return next(requests_); }
  std::size_t waiting() {
    const std::lock_guard lock(mutex_);
    return connections_.size() + requests_.size();
  }

 private:
  template <class Record>
  void add(std::deque<Record>& records, Record record) {
    const std::lock_guard lock(mutex_);
    records.push_back(std::move(record));
    changed_.notify_all();
  }
  template <class Record>
  Record next(std::deque<Record>& records) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, kPatience, [&] { return !records.empty(); })) {
      ADD_FAILURE() << "no record came";
      return {};
    }
    Record record = std::move(records.front());
    records.pop_front();
    return record;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<ConnectionRecord> connections_;
  std::deque<RequestRecord> requests_;
};

struct LoggedGateway : VerifyingGateway {
  CountingRandom random;
  HeardRecords heard;
  std::unique_ptr<LogReceiver> receiver = std::make_unique<LogReceiver>(clock, random, heard);

  LoggedGateway() { settings.log_receiver = receiver.get(); }
  ~LoggedGateway() { gateway.reset(); }
  LoggedGateway(const LoggedGateway&) = delete;
  LoggedGateway& operator=(const LoggedGateway&) = delete;

  // A second listener that speaks plain HTTP.
  void add_plain(std::vector<Rule> rules, std::uint16_t number) {
    state.load_balancers.front().listeners.push_back(
        {.id = "plain", .port = number, .rules = std::move(rules), .otherwise = to("group")});
  }
};

// What comes when that is said over TCP, until the connection ends.
inline std::string said_to(std::uint16_t port, const std::string& text) {
  const Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return "(not connected)";
  }
  static_cast<void>(::send(socket.number(), text.data(), text.size(), MSG_NOSIGNAL));
  std::string heard;
  std::array<char, 8192> portion{};
  for (;;) {
    const auto count = recv(socket.number(), portion.data(), portion.size(), 0);
    if (count <= 0) return heard;
    heard.append(portion.data(), static_cast<std::size_t>(count));
  }
}

inline std::string request(const std::string& line, const std::string& headers = "") {
  return line + " HTTP/1.1\r\nHost: edge.example\r\nConnection: close\r\n" + headers + "\r\n";
}

}  // namespace everseal::gateway::haproxy
