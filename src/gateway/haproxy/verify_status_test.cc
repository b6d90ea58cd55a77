#include "gateway/haproxy/verify_status.h"

#include <sys/un.h>

#include <cstring>

#include "gateway/haproxy/test_clients.h"

namespace everseal::gateway::haproxy {
namespace {

// Where HAProxy writes its lines.
class LogSocket {
 public:
  explicit LogSocket(const std::filesystem::path& path)
      : socket_(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    if (bind(socket_.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      throw std::runtime_error("bind");
    }
  }
  // The next line of a connection or a request.
  std::string next() {
    std::array<char, 8192> packet{};
    for (;;) {
      pollfd asked{socket_.number(), POLLIN, 0};
      if (poll(&asked, 1, static_cast<int>(std::chrono::milliseconds(kPatience).count())) <= 0) {
        return "(none)";
      }
      const auto count = recv(socket_.number(), packet.data(), packet.size(), 0);
      if (count <= 0) return "(none)";
      std::string line(packet.data(), static_cast<std::size_t>(count));
      if (line.starts_with("connection ") || line.starts_with("request ")) return line;
    }
  }

 private:
  Descriptor socket_;
};

std::string failed(int fc_err, int c_err, int ca_err) {
  const auto line = "connection refused=- fc_err=" + std::to_string(fc_err) +
                    " c_err=" + std::to_string(c_err) + " ca_err=" + std::to_string(ca_err);
  return std::string(need(verify_status(line)));
}

}  // namespace

TEST(VerifyStatus, each_handshake_is_told_in_the_words_of_a_load_balancer) {
  VerifyingGateway world;
  const auto path = world.folder / "log";
  LogSocket log(path);
  world.settings.log_socket = path;
  auto& gateway = world.start();
  auto& pki = world.pki;
  auto& root = pki.root();
  TestCa third = TestPki::below(root, "Third", "SubordinateCACertificate_PathLen3");
  TestCa second = TestPki::below(third, "Second", "SubordinateCACertificate_PathLen2");
  TestCa first = TestPki::below(second, "First", "SubordinateCACertificate_PathLen1");
  TestCa lowest = TestPki::below(first, "Lowest", "SubordinateCACertificate_PathLen0");
  TestCa lost = TestPki::below(root, "Lost", "SubordinateCACertificate_PathLen0");
  TestCa stranger = TestCa::root();
  const auto revoked = pki.holder(root);
  need(gateway.revoke("store", entry(revoked.certificate)));
  need(gateway.revoke("store", entry(lost.certificate)));
  const auto status = [&](const Holder& holder) {
    world.outcome(holder);
    return std::string(need(verify_status(log.next())));
  };
  EXPECT_EQ(status(pki.holder(root)), "Success");
  EXPECT_EQ(status(revoked), "Failed:ClientCertCrlHit");
  EXPECT_EQ(status(pki.holder(lost)), "Failed:ClientCertCrlHit");
  EXPECT_EQ(status(pki.holder(lowest)), "Failed:ClientCertMaxChainDepthExceeded");
  EXPECT_EQ(status(pki.holder(stranger)), "Failed:ClientCertUntrusted");
  EXPECT_EQ(status(pki.holder(root, {.validity = days(30)})), "Failed:ClientCertExpired");
  EXPECT_EQ(status(pki.holder(root, {.from = at("2033-01-01T00:00:00Z"), .validity = days(30)})),
            "Failed:ClientCertNotYetValid");
  EXPECT_EQ(status(pki.holder(root, {.template_name = "EndEntityServerAuthCertificate"})),
            "Failed:ClientCertPurposeInvalid");
  outcome_of(world.port.number(), {});
  EXPECT_EQ(need(verify_status(log.next())), "Failed:UnmappedConnectionError");

  world.outcome(revoked);
  const auto line = log.next();
  std::string serial = revoked.certificate.serial().plain_hex();
  std::ranges::transform(serial, serial.begin(), ::toupper);
  EXPECT_EQ(word_of(line, "serial"), serial);
  EXPECT_EQ(word_of(line, "subject"), "CN=dev-0001,C=US");
  EXPECT_EQ(word_of(line, "version"), "TLSv1.3");
  EXPECT_EQ(word_of(line, "tid").size(), 32U);
}

TEST(VerifyStatus, errors_of_openssl_are_grouped) {
  EXPECT_EQ(failed(31, 23, 0), "Failed:ClientCertCrlHit");
  EXPECT_EQ(failed(30, 0, 2), "Failed:ClientCertUntrusted");
  EXPECT_EQ(failed(31, 12, 0), "Failed:ClientCertCrlProcessingError");
  EXPECT_EQ(failed(31, 66, 0), "Failed:ClientCertTypeUnsupported");
  EXPECT_EQ(failed(30, 0, 25), "Failed:ClientCertInvalid");
  EXPECT_EQ(failed(31, 28, 0), "Failed:ClientCertRejected");
  EXPECT_EQ(failed(34, 10, 0), "Failed:UnmappedConnectionError");
  EXPECT_EQ(need(verify_status("request refused=- serial=- status=200")), "-");
  EXPECT_FALSE(verify_status("[notice] Proxy started."));
}

TEST(VerifyStatus, a_subject_with_blanks_and_quotes_is_one_word) {
  const std::string line =
      R"(request refused=- serial=0A status=200 subject="CN=a \"b\" refused=revoked,O=T")";
  EXPECT_EQ(word_of(line, "subject"), R"(CN=a \"b\" refused=revoked,O=T)");
  EXPECT_EQ(word_of(line, "serial"), "0A");
  EXPECT_EQ(need(verify_status(line)), "Success");
}

}  // namespace everseal::gateway::haproxy
