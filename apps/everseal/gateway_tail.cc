#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdint>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include "admin_call.h"
#include "aws/protocol/json.h"
#include "command.h"

namespace everseal::app {
namespace {

using namespace std::chrono_literals;

struct Wishes {
  std::string load_balancer;
  bool as_json = false;
  AdminServer server;
};

// The server waits for something to happen, but not as long as we wait for it.
constexpr int wait_seconds = 15;
constexpr auto patience = 60s;

std::string quoted(const std::string& text) {
  return aws::protocol::print_json(aws::Document(text));
}

std::string text_in(const aws::Document& record, std::string_view name) {
  const auto* found = record.find(name);
  const auto* text = found == nullptr ? nullptr : found->as<std::string>();
  return text == nullptr ? std::string("-") : *text;
}

std::optional<std::int64_t> number_in(const aws::Document& record, std::string_view name) {
  const auto* found = record.find(name);
  const auto* number = found == nullptr ? nullptr : found->as<std::int64_t>();
  return number == nullptr ? std::nullopt : std::optional(*number);
}

std::string shown(std::optional<std::int64_t> number) {
  return number ? std::to_string(*number) : "-";
}

// "edge" of "app/edge/0123456789abcdef".
std::string name_of(const std::string& load_balancer) {
  const auto begin = load_balancer.find('/') + 1;
  return load_balancer.substr(begin, load_balancer.find('/', begin) - begin);
}

// "2025-01-02T03:04:05.678901Z edge:443 198.51.100.7:51234 GET https://edge.example/ 200 18 ms
// forward 10.0.1.5:8080".
std::string line_of(const aws::Document& record) {
  const auto line = text_in(record, "Time") + " " + name_of(text_in(record, "LoadBalancer")) + ":" +
                    text_in(record, "ListenerPort") + " " + text_in(record, "Client") + " ";
  if (text_in(record, "Type") == "request") {
    return line + text_in(record, "Method") + " " + text_in(record, "Url") + " " +
           shown(number_in(record, "Status")) + " " + shown(number_in(record, "DurationMillis")) +
           " ms " + text_in(record, "Action") + " " + text_in(record, "Target");
  }
  return line + "connection " + text_in(record, "TlsVersion") + " " + text_in(record, "Outcome") +
         " " + text_in(record, "SerialNumber") + " " + text_in(record, "Subject");
}

// Prints what there is; where to go on.
Result<std::int64_t> show(const Wishes& wishes, const std::string& answer) {
  const auto page = aws::protocol::parse_json(answer);
  if (!page) return page.error();
  const auto next = number_in(*page, "Next");
  const auto* records = page->find("Records");
  const auto* list = records == nullptr ? nullptr : records->as<aws::Document::List>();
  if (!next || list == nullptr) return Fault::malformed("the server's answer makes no sense");
  if (const auto missed = number_in(*page, "Missed").value_or(0); missed > 0) {
    std::cerr << missed << " records came too fast and are not shown\n";
  }
  for (const auto& record : *list) {
    std::cout << (wishes.as_json ? aws::protocol::print_json(record) : line_of(record)) << '\n';
  }
  std::cout.flush();
  return *next;
}

Outcome tail(const Wishes& wishes) {
  std::optional<std::int64_t> after;
  while (std::cout) {
    std::string body = "{\"WaitSeconds\":" + std::to_string(wait_seconds);
    if (after) body += ",\"After\":" + std::to_string(*after);
    if (!wishes.load_balancer.empty()) body += ",\"LoadBalancer\":" + quoted(wishes.load_balancer);
    const auto answer = admin_call(wishes.server, "TailGateway", body + "}", patience);
    if (!answer) return answer.error();
    const auto next = show(wishes, *answer);
    if (!next) return next.error();
    after = *next;
  }
  return {};
}

}  // namespace

void add_gateway_tail(CLI::App& gateway, Run& run) {
  auto* tailing = gateway.add_subcommand(
      "tail",
      "Print connections and requests as they happen, until it is interrupted.\n"
      "Takes credentials from the environment, as AWS clients do (see 'everseal env').");
  auto wishes = std::make_shared<Wishes>();
  tailing->add_option("--load-balancer", wishes->load_balancer, "Only of this one: name or ARN");
  tailing->add_flag("--json", wishes->as_json, "A JSON object a line, with all there is to tell");
  add_server_options(*tailing, wishes->server);
  tailing->callback([&run, wishes] { run = [wishes] { return tail(*wishes); }; });
}

}  // namespace everseal::app
