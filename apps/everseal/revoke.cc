#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "admin_call.h"
#include "aws/protocol/json.h"
#include "command.h"

namespace everseal::app {
namespace {

using namespace std::chrono_literals;

struct Wishes {
  std::string authority;
  std::string reason;
  AdminServer server;
  bool detach = false;     // do not wait for the end
  bool only_tell = false;  // start nothing
};

constexpr auto patience = 30s;
constexpr auto between_looks = 1s;

// In the order of RFC 5280; the words are Private CA's.
const std::vector<std::string> reasons{
    "UNSPECIFIED",         "KEY_COMPROMISE", "CERTIFICATE_AUTHORITY_COMPROMISE",
    "AFFILIATION_CHANGED", "SUPERSEDED",     "CESSATION_OF_OPERATION",
    "PRIVILEGE_WITHDRAWN", "A_A_COMPROMISE"};

std::string member(std::string_view name, const std::string& value) {
  return aws::protocol::print_json(aws::Document(std::string(name))) + ':' +
         aws::protocol::print_json(aws::Document(value));
}

std::int64_t number_in(const aws::Document& progress, std::string_view name) {
  const auto* found = progress.find(name);
  const auto* number = found == nullptr ? nullptr : found->as<std::int64_t>();
  return number == nullptr ? 0 : *number;
}

// Tells how far it is; whether it has ended.
Result<bool> tell(const std::string& answer) {
  const auto progress = aws::protocol::parse_json(answer);
  if (!progress) return progress.error();
  std::cerr << number_in(*progress, "LookedAt") << " of " << number_in(*progress, "Certificates")
            << " certificates, " << number_in(*progress, "Revoked") << " revoked, "
            << number_in(*progress, "RevokedBefore") << " revoked before, "
            << number_in(*progress, "Skipped") << " skipped\n";
  return progress->find("EndedAt") != nullptr;
}

Result<std::string> describe(const Wishes& wishes) {
  return admin_call(wishes.server, "DescribeBulkRevocation",
                    '{' + member("CertificateAuthorityArn", wishes.authority) + '}', patience);
}

Result<std::string> start(const Wishes& wishes) {
  if (wishes.reason.empty()) return Fault::malformed("a --reason is needed");
  return admin_call(wishes.server, "StartBulkRevocation",
                    '{' + member("CertificateAuthorityArn", wishes.authority) + ',' +
                        member("RevocationReason", wishes.reason) + '}',
                    patience);
}

Outcome revoke_all(const Wishes& wishes) {
  auto answer = wishes.only_tell ? describe(wishes) : start(wishes);
  while (true) {
    if (!answer) return answer.error();
    const auto ended = tell(*answer);
    if (!ended) return ended.error();
    if (*ended || wishes.detach || wishes.only_tell) break;
    std::this_thread::sleep_for(between_looks);
    answer = describe(wishes);
  }
  std::cout << *answer << '\n';
  return {};
}

// "arn:aws:acm-pca:eu-west-1:...": a CA is in the region that its ARN names.
std::string region_of(const std::string& arn) {
  auto at = arn.begin();
  for (int part = 0; part < 3 && at != arn.end(); ++part) {
    at = std::find(at, arn.end(), ':');
    if (at != arn.end()) ++at;
  }
  return {at, std::find(at, arn.end(), ':')};
}

}  // namespace

void add_revoke(CLI::App& program, Run& run) {
  auto* command = program.add_subcommand(
      "revoke",
      "Revoke everything that a CA has issued until now, for the day a key leaks. A job of the\n"
      "server, which also goes on after a restart; the same command again says how far it is.\n"
      "Takes credentials from the environment, as AWS clients do (see 'everseal env').");
  auto wishes = std::make_shared<Wishes>();
  command->add_option("--all-issued-by", wishes->authority, "The ARN of the CA")->required();
  command->add_option("--reason", wishes->reason, "Such as KEY_COMPROMISE")
      ->check(CLI::IsMember(reasons));
  command->add_flag("--detach", wishes->detach, "Do not wait for the end");
  command->add_flag("--status", wishes->only_tell, "Start nothing, say how far the last one is");
  add_server_options(*command, wishes->server);
  command->callback([&run, wishes] {
    if (wishes->server.region.empty()) wishes->server.region = region_of(wishes->authority);
    run = [wishes] { return revoke_all(*wishes); };
  });
}

}  // namespace everseal::app
