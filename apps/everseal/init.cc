#include <unistd.h>
#include <CLI/CLI.hpp>
#include <array>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "asn1/pem.h"
#include "command.h"
#include "program.h"
#include "sql/sqlite/directory_lock.h"
#include "sql/sqlite/open.h"

namespace everseal::app {
namespace {

struct Wishes {
  std::string data;
  std::string access_key_id;
  std::string secret_access_key;
  std::string account_id;
  std::string region = "us-east-1";
  std::vector<std::string> host_names;
};

// The files that init makes, taken away again unless it comes to its end.
class NewFiles {
 public:
  explicit NewFiles(const DataDirectory& data) : data_(data) {}
  ~NewFiles() {
    if (kept_) return;
    std::error_code ignored;
    for (const auto& file :
         {data_.master_key(), data_.database(), data_.ca_bundle(), data_.lock()}) {
      for (const auto* suffix : {"", "-wal", "-shm"}) {
        std::filesystem::remove(file.string() + suffix, ignored);
      }
    }
    if (made_directory_) std::filesystem::remove(data_.root, ignored);
  }
  NewFiles(const NewFiles&) = delete;
  NewFiles& operator=(const NewFiles&) = delete;

  Outcome make_directory() {
    std::error_code problem;
    made_directory_ = std::filesystem::create_directories(data_.root, problem);
    if (problem) {
      return Fault::unavailable("cannot make " + data_.root.string() + ": " + problem.message());
    }
    if (made_directory_) {
      std::filesystem::permissions(data_.root, std::filesystem::perms::owner_all, problem);
    }
    return {};
  }
  void keep() { kept_ = true; }

 private:
  DataDirectory data_;
  bool made_directory_ = false;
  bool kept_ = false;
};

Outcome refuse_to_run_twice(const DataDirectory& data) {
  for (const auto& file : {data.database(), data.master_key()}) {
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored)) {
      return Fault::conflict(data.root.string() + " already has " + file.filename().string() +
                             "; 'everseal init' makes new data only");
    }
  }
  return {};
}

std::string host_name() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) return {};
  return name.data();
}

bool is_ip_address(std::string_view name) {
  return name.find(':') != name.npos || name.find_first_not_of("0123456789.") == name.npos;
}

// What clients may call this server: this machine, and what the operator added.
acm::ServerCertificate::Names server_names(const Wishes& wishes) {
  acm::ServerCertificate::Names names{
      .common_name = "localhost", .dns_names = {"localhost"}, .ip_addresses = {"127.0.0.1", "::1"}};
  auto wanted = wishes.host_names;
  if (const auto own = host_name(); !own.empty()) wanted.push_back(own);
  for (const auto& name : wanted) {
    auto& list = is_ip_address(name) ? names.ip_addresses : names.dns_names;
    if (std::find(list.begin(), list.end(), name) == list.end()) list.push_back(name);
  }
  return names;
}

Outcome write_file(const std::filesystem::path& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << text;
  out.flush();
  if (!out) return Fault::unavailable("cannot write " + file.string());
  return {};
}

// The internal CA and the certificate of the server itself. Returns the CA's certificate, PEM.
Result<std::string> make_server_certificate(Services& services, const Wishes& wishes) {
  const std::string account(acm::ServerCertificate::system_account);
  const auto root =
      services.private_ca().create_internal_root(account, wishes.region, "Everseal Internal CA");
  if (!root) return root.error();
  const auto issued = services.acm().server_certificate().issue(
      *root, wishes.region, server_names(wishes), acm::KeyAlgorithm::EcP256);
  if (!issued) return Fault::broken("the server certificate: " + issued.error().message);
  const auto identity = services.acm().server_certificate().current();
  if (!identity) return identity.error();
  if (!*identity) return Fault::broken("the server certificate is not there");
  return asn1::Pem::print(asn1::kCertificateLabel, (*identity)->chain.back());
}

iam::RootKey root_key(const Wishes& wishes, Random& random) {
  auto key = iam::new_root_key(random);
  if (!wishes.access_key_id.empty()) key.access_key_id = wishes.access_key_id;
  if (!wishes.secret_access_key.empty())
    key.secret = SecretBytes::copy_of(wishes.secret_access_key);
  return key;
}

std::string account_id(const Wishes& wishes, Random& random) {
  if (!wishes.account_id.empty()) return wishes.account_id;
  return random_text(random, "123456789", 1) + random_text(random, "0123456789", 11);
}

Outcome initialise(const Wishes& wishes) {
  const DataDirectory data{wishes.data};
  const auto fresh = refuse_to_run_twice(data);
  if (!fresh) return fresh;
  WallClock clock;
  SystemRandom random;
  Log log(clock, LogLevel::Warning);
  NewFiles files(data);
  const auto directory = files.make_directory();
  if (!directory) return directory;
  const auto lock = sql::sqlite::DirectoryLock::take(data.root);
  if (!lock) return lock.error();
  auto master_key = keys::MasterKey::create(data.master_key(), random);
  if (!master_key) return master_key.error();
  auto database = sql::sqlite::open(data.database(), {}, log);
  if (!database) return database.error();
  const FirstAccount first{account_id(wishes, random), wishes.region, root_key(wishes, random)};
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
  const auto bundle = make_server_certificate(**services, wishes);
  if (!bundle) return bundle.error();
  const auto written = write_file(data.ca_bundle(), *bundle);
  if (!written) return written;
  files.keep();

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
  command->add_option("--account-id", wishes->account_id, "Twelve digits, instead of random ones");
  command->add_option("--region", wishes->region, "What clients are told; all others work too")
      ->capture_default_str();
  command->add_option("--host-name", wishes->host_names,
                      "Another name or address that clients call this server by; may be repeated");
  command->callback([&run, wishes] {
    if (wishes->secret_access_key == "-") std::getline(std::cin, wishes->secret_access_key);
    run = [wishes] { return initialise(*wishes); };
  });
}

}  // namespace everseal::app
