#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include "aws/sigv4/signer.h"
#include "clock/clock.h"
#include "command.h"
#include "http/client.h"

namespace everseal::app {
namespace {

struct Wishes {
  std::string duration;
  std::string endpoint;
  std::string region;
};

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : value;
}

// "90s", "15m", "36h", "345d": in seconds; nothing if it is none of these or no time at all.
std::optional<std::int64_t> seconds_of(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  std::int64_t unit = 0;
  switch (text.back()) {
    case 's':
      unit = 1;
      break;
    case 'm':
      unit = 60;
      break;
    case 'h':
      unit = 3600;
      break;
    case 'd':
      unit = 86400;
      break;
    default:
      return std::nullopt;
  }
  constexpr std::int64_t most_days = 36500;
  std::int64_t count = 0;
  const auto* end = text.data() + text.size() - 1;
  const auto [stopped, problem] = std::from_chars(text.data(), end, count);
  if (problem != std::errc{} || stopped != end || count < 1 || count > most_days * 86400 / unit) {
    return std::nullopt;
  }
  return count * unit;
}

http::RequestHead signed_head(const http::Url& url, const std::string& body, const Wishes& wishes) {
  const auto secret = SecretBytes::copy_of(environment("AWS_SECRET_ACCESS_KEY"));
  const auto token = environment("AWS_SESSION_TOKEN");
  http::RequestHead head;
  head.method = "POST";
  head.target = url.path + "/";
  head.headers.add("Host", url.host_header());
  head.headers.add("Content-Type", "application/x-amz-json-1.1");
  head.headers.add("X-Amz-Target", "Everseal.AdvanceClock");
  aws::sigv4::sign(head, as_bytes(body),
                   {.access_key_id = environment("AWS_ACCESS_KEY_ID"),
                    .secret = secret,
                    .session_token = token.empty() ? std::nullopt : std::optional(token),
                    .region = wishes.region,
                    .service = "everseal"},
                   WallClock().now());
  return head;
}

// Jobs of a year may be many: the answer comes when all have run.
constexpr std::chrono::minutes kPatience{10};

Outcome advance(const Wishes& wishes) {
  const auto seconds = seconds_of(wishes.duration);
  if (!seconds) {
    return Fault::malformed("'" + wishes.duration +
                            "' is not a duration; it must be like 90s, 15m, 36h or 345d");
  }
  const auto url = http::Url::parse(wishes.endpoint);
  if (!url) return url.error();
  http::ClientOptions options;
  options.timeout = kPatience;
  if (const auto bundle = environment("AWS_CA_BUNDLE"); !bundle.empty()) options.ca_file = bundle;
  auto client = http::Client::create(*url, options);
  if (!client) return client.error();
  const std::string body = "{\"Seconds\":" + std::to_string(*seconds) + "}";
  const auto answer = (*client)->send(signed_head(*url, body, wishes), body);
  if (!answer) return answer.error();
  if (answer->status != 200) return Fault::conflict("the server refused: " + answer->body);
  std::cout << answer->body << '\n';
  return {};
}

}  // namespace

void add_clock(CLI::App& program, Run& run) {
  auto* command = program.add_subcommand("clock", "Move the time of a server on a virtual clock");
  command->require_subcommand(1);
  auto* advancing = command->add_subcommand(
      "advance",
      "Let time pass: every job that becomes due on the way has run, in order, when this ends.\n"
      "Takes credentials from the environment, as AWS clients do (see 'everseal env').");
  auto wishes = std::make_shared<Wishes>();
  advancing->add_option("duration", wishes->duration, "Such as 90s, 15m, 36h or 345d")->required();
  advancing->add_option("--endpoint-url", wishes->endpoint, "Instead of AWS_ENDPOINT_URL");
  advancing->add_option("--region", wishes->region, "Instead of AWS_DEFAULT_REGION");
  advancing->callback([&run, wishes] {
    if (wishes->endpoint.empty()) wishes->endpoint = environment("AWS_ENDPOINT_URL");
    if (wishes->endpoint.empty()) wishes->endpoint = "http://127.0.0.1:4566";
    if (wishes->region.empty()) wishes->region = environment("AWS_DEFAULT_REGION");
    if (wishes->region.empty()) wishes->region = "us-east-1";
    run = [wishes] { return advance(*wishes); };
  });
}

}  // namespace everseal::app
