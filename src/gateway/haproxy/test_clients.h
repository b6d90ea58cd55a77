#pragma once

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "asn1/pem.h"
#include "gateway/haproxy/process.h"
#include "gateway/haproxy/test_world.h"
#include "issuance/testing/test_ca.h"

// For the tests of this folder: clients with certificates, by `openssl s_client`.
namespace everseal::gateway::haproxy {

using issuance::testing::Applying;
using issuance::testing::at;
using issuance::testing::days;
using issuance::testing::name_of;
using issuance::testing::template_named;
using issuance::testing::TestCa;
using issuance::testing::years;

inline std::string text_of(const std::filesystem::path& file) {
  const std::ifstream in(file);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// What the program says.
inline std::string openssl(std::vector<std::string> words) {
  words.insert(words.begin(), "/usr/bin/openssl");
  return need(run(words, kPatience));
}

// A certificate with its key in files.
struct Holder {
  std::string certificate_file;
  std::string key_file;
  std::string chain_file;  // what is sent above it; empty: nothing
  x509::Certificate certificate;

  std::vector<std::string> words() const {
    std::vector<std::string> all = {"-cert", certificate_file, "-key", key_file};
    if (!chain_file.empty()) all.insert(all.end(), {"-cert_chain", chain_file});
    return all;
  }
};

// What a certificate is issued with.
struct Wish {
  std::string template_name = "EndEntityClientAuthCertificate";
  std::string common_name = "dev-0001";
  TimePoint from = issuance::testing::noon;
  issuance::ValidityPeriod validity = years(8);
  bool with_chain = true;  // sends the intermediates
};

inline x509::Certificate issued_or_why(Result<x509::Certificate, issuance::Refusal> issued) {
  if (!issued) throw std::runtime_error(issued.error().message);
  return *std::move(issued);
}

// Issues certificates into a folder.
class TestPki {
 public:
  TestPki() = default;
  TestCa& root() { return root_; }
  std::string bundle() const { return root_.certificate.pem(); }

  // A CA below another: for nine years, and a little less for each that is above it.
  static TestCa below(TestCa& above, std::string_view name, std::string_view template_name) {
    Applying applying;
    const auto csr = applying.request(name);
    const auto shorter = 10 * static_cast<std::int64_t>(above.chain.size());
    auto issued = issued_or_why(above.issue(template_name, csr, days(9 * 365 - shorter)));
    auto chain = above.chain;
    chain.insert(chain.begin(), above.certificate);
    return TestCa::from(std::move(applying), std::move(issued), std::move(chain), {});
  }

  Holder holder(TestCa& ca, const Wish& wish = {}) {
    auto key = need(crypto::PrivateKey::generate(crypto::KeyAlgorithm::P256));
    const auto pkcs8 = key.to_pkcs8();
    Applying applying;
    applying.key = std::make_shared<const keys::MemoryKey>(std::move(key));
    const auto csr = applying.request(wish.common_name);
    const issuance::Order order{.certificate_template = template_named(wish.template_name),
                                .applicant = csr,
                                .signature_algorithm = ca.algorithm(),
                                .validity = wish.validity};
    auto certificate = issued_or_why(ca.issue(order, wish.from));
    const std::string name = std::to_string(++count_);
    std::string chain;
    for (const auto& each : intermediates(ca)) chain += each.pem();
    Holder made{
        .certificate_file = put(name + ".pem", certificate.pem()),
        .key_file = put(name + ".key", asn1::Pem("PRIVATE KEY", to_bytes(pkcs8.reveal())).text()),
        .chain_file = {},
        .certificate = std::move(certificate)};
    if (wish.with_chain && !chain.empty()) made.chain_file = put(name + ".chain", chain);
    return made;
  }

  std::string put(const std::string& name, const std::string& text) {
    const auto path = folder_ / name;
    std::ofstream(path) << text;
    return path.string();
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }

 private:
  // The CA and those above it, without the root.
  static std::vector<x509::Certificate> intermediates(const TestCa& ca) {
    std::vector<x509::Certificate> all = {ca.certificate};
    all.insert(all.end(), ca.chain.begin(), ca.chain.end());
    all.pop_back();
    return all;
  }

  TemporaryFolder folder_ = TemporaryFolder::quick();
  TestCa root_ = TestCa::root();
  int count_ = 0;
};

inline std::vector<Revoked> entry(const x509::Certificate& certificate) {
  return {{.issuer = certificate.issuer(), .serials = {certificate.serial()}}};
}

// One connection of `openssl s_client`.
class Connection {
  static constexpr std::string_view never = "\x01 never said";

 public:
  Connection(std::uint16_t port, std::vector<std::string> words) {
    int ends[2] = {-1, -1};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
      throw std::runtime_error("socketpair");
    }
    socket_ = Descriptor(ends[0]);
    const Descriptor other(ends[1]);
    words.insert(words.begin(), {"openssl", "s_client", "-connect",
                                 "127.0.0.1:" + std::to_string(port), "-ign_eof"});
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    for (const int number : {0, 1, 2}) {
      posix_spawn_file_actions_adddup2(&files, other.number(), number);
    }
    const int failed =
        posix_spawnp(&process_, "openssl", &files, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    if (failed != 0) throw std::runtime_error("openssl is not installed");
  }
  ~Connection() {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void say(std::string_view text) {
    static_cast<void>(::send(socket_.number(), text.data(), text.size(), MSG_NOSIGNAL));
  }
  void get(std::string_view path, std::string_view more = "") {
    say("GET " + std::string(path) + " HTTP/1.1\r\nHost: edge\r\n" + std::string(more) + "\r\n");
  }
  // What comes up to that text, or to the other, or all if the connection ends before.
  std::string hear_until(std::string_view end, std::string_view other = never) {
    while (heard_.find(end) == std::string::npos && heard_.find(other) == std::string::npos &&
           hear_more()) {
    }
    const auto found = std::min(heard_.find(end), heard_.find(other));
    const auto size = heard_.find(end) == found ? end.size() : other.size();
    const auto length = found == std::string::npos ? heard_.size() : found + size;
    auto text = heard_.substr(0, length);
    heard_.erase(0, length);
    return text;
  }
  std::string hear_all() { return hear_until(never); }
  // Whether it has ended, where all was heard.
  bool is_over() const {
    char octet = 0;
    return recv(socket_.number(), &octet, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
  }

 private:
  bool hear_more() {
    pollfd asked{socket_.number(), POLLIN, 0};
    std::array<char, 8192> portion{};
    if (poll(&asked, 1, static_cast<int>(std::chrono::milliseconds(kPatience).count())) <= 0) {
      return false;
    }
    const auto count = recv(socket_.number(), portion.data(), portion.size(), 0);
    if (count <= 0) return false;
    heard_.append(portion.data(), static_cast<std::size_t>(count));
    return true;
  }

  Descriptor socket_;
  pid_t process_ = 0;
  std::string heard_;
};

// "200", "alert 48", or "closed".
inline std::string outcome_in(const std::string& heard) {
  constexpr std::string_view alert = "SSL alert number ";
  const auto status = heard.find("HTTP/1.1 ");
  if (status != std::string::npos) return heard.substr(status + 9, 3);
  const auto number = heard.find(alert);
  if (number == std::string::npos) return "closed";
  const auto digits = heard.substr(number + alert.size());
  return "alert " + digits.substr(0, digits.find_first_not_of("0123456789"));
}

inline std::string outcome_of(std::uint16_t port, std::vector<std::string> words,
                              std::string_view headers = "") {
  Connection connection(port, std::move(words));
  connection.get("/", "Connection: close\r\n" + std::string(headers));
  return outcome_in(connection.hear_all());
}

// A gateway whose listener verifies clients against a store with the root of `pki`.
struct VerifyingGateway : TestGateway {
  TestPki pki;

  VerifyingGateway() {
    state.trust_stores = {{.id = "store", .bundle = pki.bundle()}};
    mutual() = {.mode = MutualTlsMode::Verify, .trust_store = "store"};
  }
  Holder client_of_root() { return pki.holder(pki.root()); }
  std::string outcome(const Holder& holder, const std::string& version = "-tls1_3") const {
    auto words = holder.words();
    words.push_back(version);
    return outcome_of(port.number(), std::move(words));
  }
};

}  // namespace everseal::gateway::haproxy
