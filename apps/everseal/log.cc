#include "log/log.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "command.h"
#include "encoding/base64.h"
#include "foundation.h"
#include "issuance/log/checkpoint.h"
#include "issuance/log/proof.h"
#include "issuance/log/verification.h"
#include "services/acmpca/signed_certificates.h"

namespace everseal::app {
namespace {

namespace books = issuance::log;

struct Wishes {
  std::string data;
  std::uint64_t position = 0;
};

std::string base64(const books::Hash& hash) { return encoding::to_base64(hash); }

// Runs `look(view, public key of the log)` on the data, which may be served meanwhile.
template <class Look>
Outcome with_view(const std::string& folder, Look look) {
  WallClock clock;
  SystemRandom random;
  Log log(clock, LogLevel::Warning);
  const auto foundation = open_foundation({folder}, random, log);
  if (!foundation) return foundation.error();
  const auto key = books::LogKey::open_or_create(*foundation->database, *foundation->vault);
  if (!key) return key.error();
  return foundation->database->read(
      [&](sql::Snapshot& view) { return look(view, key->public_key_info()); });
}

Outcome verify(const Wishes& wishes) {
  return with_view(wishes.data, [](sql::Snapshot& view, const Bytes& log_key) -> Outcome {
    acmpca::SignedCertificates certificates;
    const auto verified = books::verify(view, certificates, log_key);
    if (!verified) return verified.error();
    if (verified->first_bad) {
      return Fault::broken("the issuance log is not sound: leaf " +
                           std::to_string(verified->first_bad->position) + ": " +
                           verified->first_bad->what);
    }
    std::cout << "The issuance log is verified: " << verified->head.size << " leaves, "
              << verified->compared << " compared with what was signed, " << verified->discarded
              << " whose CA is gone, " << verified->checkpoints << " checkpoints.\n"
              << "root " << base64(verified->head.root) << '\n';
    return {};
  });
}

Outcome prove(const Wishes& wishes) {
  return with_view(wishes.data, [&](sql::Snapshot& view, const Bytes&) -> Outcome {
    const auto head = books::current_head(view);
    if (!head) return head.error();
    const auto inclusion = books::prove_inclusion(view, wishes.position, head->size);
    if (!inclusion) return inclusion.error();
    if (!inclusion->holds()) return Fault::broken("the proof does not hold: the log is damaged");
    std::cout << "leaf " << inclusion->position << ": " << to_string(inclusion->leaf.kind) << ' '
              << inclusion->leaf.object << "\nsize " << inclusion->head.size << "\nroot "
              << base64(inclusion->head.root) << "\nproof\n";
    for (const auto& hash : inclusion->proof) std::cout << "  " << base64(hash) << '\n';
    return {};
  });
}

}  // namespace

void add_log(CLI::App& program, Run& run) {
  auto* command =
      program.add_subcommand("log", "The issuance log: every signature, tamper-evident");
  command->require_subcommand(1);
  auto wishes = std::make_shared<Wishes>();

  auto* verifying = command->add_subcommand(
      "verify", "Recompute everything and name the first bad leaf, if there is one");
  verifying->add_option("--data", wishes->data, "The data directory")->required();
  verifying->callback([&run, wishes] { run = [wishes] { return verify(*wishes); }; });

  auto* proving =
      command->add_subcommand("prove", "Print the inclusion proof of a leaf (RFC 9162)");
  proving->add_option("--data", wishes->data, "The data directory")->required();
  proving->add_option("position", wishes->position, "The leaf's position, from 0")->required();
  proving->callback([&run, wishes] { run = [wishes] { return prove(*wishes); }; });
}

}  // namespace everseal::app
