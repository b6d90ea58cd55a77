#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "asn1/pem.h"
#include "aws/region.h"
#include "command.h"
#include "new_data.h"
#include "program.h"
#include "server_names.h"
#include "sql/sqlite/open.h"

namespace everseal::app {
namespace {

constexpr std::size_t kLongestSecret = 1024;

struct Wishes {
  std::string data;
  std::string access_key_id;
  std::string secret_access_key;
  std::string account_id;
  std::string region = "us-east-1";
  std::vector<std::string> host_names;
};

// What clients may call this server: this machine, and what the operator added. A machine may have
// a name that no certificate can have; the operator may not ask for one.
Result<ServerNames> names_for(const Wishes& wishes) {
  auto names = local_names();
  if (const auto own = host_name(); !own.empty() && !add_name(names, own)) {
    std::cerr << "everseal: this machine is called '" << own
              << "', which no certificate can say; it is left out (see --host-name)\n";
  }
  for (const auto& name : wishes.host_names) {
    if (auto added = add_name(names, name); !added) return added.error();
  }
  return names;
}

// The internal CA and the certificate of the server itself. Returns the CA's certificate, PEM.
Result<std::string> make_server_certificate(Services& services, const Wishes& wishes,
                                            const ServerNames& names) {
  const std::string account(acm::ServerCertificate::system_account);
  const auto root =
      services.private_ca().create_internal_root(account, wishes.region, "Everseal Internal CA");
  if (!root) return root.error();
  const auto issued = services.acm().server_certificate().issue(*root, wishes.region, names,
                                                                acm::KeyAlgorithm::EcP256);
  if (!issued) return Fault::broken("the server certificate: " + issued.error().message);
  const auto current = services.acm().server_certificate().current();
  if (!current) return current.error();
  if (!*current) return Fault::broken("the server certificate is not there");
  return asn1::Pem::print(asn1::kCertificateLabel, (*current)->identity.chain.back());
}

// The first line of standard input, and nothing behind it.
bool next_octet(std::uint8_t& octet) {
  ssize_t got = 0;
  do {
    got = ::read(STDIN_FILENO, &octet, 1);
  } while (got < 0 && errno == EINTR);
  return got == 1;
}

Result<SecretBytes> read_secret() {
  Bytes line;
  line.reserve(kLongestSecret);  // so that it is never moved
  std::uint8_t letter = 0;
  while (next_octet(letter) && letter != '\n') {
    if (line.size() == kLongestSecret) {
      wipe(line);
      return Fault::malformed("the secret access key in standard input is too long");
    }
    line.push_back(letter);
  }
  SecretBytes secret(std::move(line));
  if (secret.empty()) {
    return Fault::malformed("standard input has no secret access key in its first line");
  }
  return secret;
}

Result<iam::RootKey> root_key(Wishes& wishes, Random& random) {
  auto key = iam::new_root_key(random);
  if (!wishes.access_key_id.empty()) key.access_key_id = wishes.access_key_id;
  if (wishes.secret_access_key.empty()) return key;
  auto secret = wishes.secret_access_key == "-"
                    ? read_secret()
                    : Result<SecretBytes>(SecretBytes::copy_of(wishes.secret_access_key));
  wipe(wishes.secret_access_key);
  if (!secret) return secret.error();
  key.secret = *std::move(secret);
  return key;
}

std::string account_id(const Wishes& wishes, Random& random) {
  if (!wishes.account_id.empty()) return wishes.account_id;
  return random_text(random, "123456789", 1) + random_text(random, "0123456789", 11);
}

Outcome initialise(Wishes& wishes) {
  const DataDirectory data{wishes.data};
  WallClock clock;
  SystemRandom random;
  Log log(clock, LogLevel::Warning);
  const auto names = names_for(wishes);
  if (!names) return names.error();
  auto root = root_key(wishes, random);
  if (!root) return root.error();
  const FirstAccount first{account_id(wishes, random), wishes.region, *std::move(root)};

  NewData fresh(data);
  const auto begun = fresh.begin();
  if (!begun) return begun;
  auto master_key = keys::MasterKey::create(data.master_key(), random);
  if (!master_key) return master_key.error();
  auto database = sql::sqlite::open(data.database(), {}, log);
  if (!database) return database.error();
  const auto foundation =
      lay_foundation(*std::move(database), *std::move(master_key), first, clock, random);
  if (!foundation) return foundation.error();

  Configuration configuration;
  configuration.keys = {.rsa_2048_ready = 0, .rsa_3072_ready = 0, .rsa_4096_ready = 0};
  const auto services = Services::build({.foundation = *foundation,
                                         .clock = clock,
                                         .moved_clock = nullptr,
                                         .wall = clock,
                                         .random = random,
                                         .log = log,
                                         .configuration = configuration});
  if (!services) return services.error();
  const auto bundle = make_server_certificate(**services, wishes, *names);
  if (!bundle) return bundle.error();
  const auto written = NewData::write_file(data.ca_bundle(), *bundle);
  if (!written) return written;
  // Last: whoever is stopped before this has made nothing that a server would take for data.
  const auto finished = finish_foundation(*foundation);
  if (!finished) return finished;
  fresh.keep();

  std::cout << "Everseal is initialised in " << data.root.string() << "\n"
            << "  account      " << first.account_id << "\n"
            << "  region       " << first.region << "\n"
            << "  access key   " << first.root_key.access_key_id << "  (root)\n"
            << "  master key   " << data.master_key().string()
            << "  (keep a copy elsewhere: without it the keys are lost)\n"
            << "  CA bundle    " << data.ca_bundle().string() << "\n"
            << "Next:\n"
            << "  everseal serve --data " << data.root.string() << "\n"
            << "  eval \"$(everseal env --data " << data.root.string() << ")\"\n";
  return {};
}

}  // namespace

void add_init(CLI::App& program, Run& run) {
  auto* command = program.add_subcommand(
      "init", "Make a data directory: master key, account, root credentials, server certificate");
  auto wishes = std::make_shared<Wishes>();
  command->add_option("--data", wishes->data, "The directory; made if it is not there")->required();
  command->add_option("--access-key-id", wishes->access_key_id, "Root's, instead of a random one");
  command->add_option("--secret-access-key", wishes->secret_access_key,
                      "Root's, instead of a random one; '-' reads it from standard input, where "
                      "no other user of the machine sees it");
  command->add_option("--account-id", wishes->account_id, "Twelve digits, instead of random ones")
      ->check(is_account_id);
  command->add_option("--region", wishes->region, "What clients are told; all others work too")
      ->capture_default_str()
      ->check([](const std::string& text) {
        return aws::is_region(text) ? std::string()
                                    : "'" + text +
                                          "' is not a region: lower-case letters, digits and "
                                          "hyphens, such as eu-west-1";
      });
  command->add_option("--host-name", wishes->host_names,
                      "Another name or address that clients call this server by; may be repeated");
  command->callback([&run, wishes] { run = [wishes] { return initialise(*wishes); }; });
}

}  // namespace everseal::app
