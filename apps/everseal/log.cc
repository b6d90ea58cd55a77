#include "log/log.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "command.h"
#include "encoding/base64.h"
#include "foundation.h"
#include "issuance/log/checkpoint.h"
#include "issuance/log/verification.h"
#include "log_proof.h"
#include "services/acmpca/certificates/signed_certificates.h"
#include "sql/sqlite/integrity.h"

namespace everseal::app {
namespace {

namespace books = issuance::log;

struct Wishes {
  std::string data;
  std::string leaf;
  std::optional<std::uint64_t> consistency;
};

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

Outcome verify_view(sql::Snapshot& view, const Bytes& log_key) {
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
            << " of CRLs that newer ones superseded, " << verified->claims
            << " stored certificates found in it, " << verified->checkpoints << " checkpoints.\n"
            << "root " << encoding::to_base64(verified->head.root) << '\n';
  return {};
}

Outcome verify(const Wishes& wishes) { return with_view(wishes.data, verify_view); }

Outcome check(const Wishes& wishes) {
  return with_view(wishes.data, [](sql::Snapshot& view, const Bytes& log_key) -> Outcome {
    if (const auto structure = sql::sqlite::check_integrity(view); !structure) return structure;
    std::cout << "The database is whole.\n";
    return verify_view(view, log_key);
  });
}

Outcome print(const Result<std::string>& json) {
  if (!json) return json.error();
  std::cout << *json << '\n';
  return {};
}

Outcome prove(const Wishes& wishes) {
  return with_view(wishes.data, [&](sql::Snapshot& view, const Bytes& log_key) {
    return print(wishes.consistency ? consistency_proof(view, *wishes.consistency, log_key)
                                    : inclusion_proof(view, wishes.leaf, log_key));
  });
}

Outcome head(const Wishes& wishes) {
  return with_view(wishes.data, [](sql::Snapshot& view, const Bytes& log_key) {
    return print(signed_head(view, log_key));
  });
}

using Command = Outcome (*)(const Wishes&);

CLI::App* add(CLI::App& parent, Run& run, const std::string& name, const std::string& what,
              Command command, const std::shared_ptr<Wishes>& wishes) {
  auto* added = parent.add_subcommand(name, what);
  added->add_option("--data", wishes->data, "The data directory")->required();
  added->callback(
      [&run, command, wishes] { run = [command, wishes] { return command(*wishes); }; });
  return added;
}

}  // namespace

void add_log(CLI::App& program, Run& run) {
  auto* command =
      program.add_subcommand("log", "The issuance log: every signature, tamper-evident");
  command->require_subcommand(1);
  auto wishes = std::make_shared<Wishes>();

  add(*command, run, "verify", "Recompute everything and name the first bad leaf, if there is one",
      verify, wishes);
  add(*command, run, "head", "Print the newest signed head of the log (JSON)", head, wishes);

  auto* proving = add(*command, run, "prove",
                      "Print what a third party needs to see that a certificate is in the log,\n"
                      "or that the log only grew (JSON, see docs/operations/issuance-log.md)",
                      prove, wishes);
  auto* what = proving->add_option_group("what", "What is to be proven");
  what->add_option("leaf", wishes->leaf, "A certificate's ARN of Private CA, or a leaf's index");
  what->add_option("--consistency", wishes->consistency,
                   "That the tree of this size is the beginning of the newest signed one")
      ->check(CLI::PositiveNumber);
  what->require_option(1);
}

void add_check(CLI::App& program, Run& run) {
  add(program, run, "check",
      "Read the whole database, then verify the issuance log: says what is damaged", check,
      std::make_shared<Wishes>());
}

}  // namespace everseal::app
