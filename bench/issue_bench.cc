// How near issuing comes to its physical limit: for each certificate one verification (of the CSR)
// and one signature with P-256, on all cores. The limit is what `openssl speed ecdsap256` reaches
// in the same run; both take turns, so that a noisy machine disturbs them alike.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "clock/clock.h"
#include "crypto/public_key.h"
#include "goals.h"
#include "issuance/issue.h"
#include "keys/signing_key.h"
#include "x509/certificate.h"
#include "x509/csr.h"
#include "x509/csr_builder.h"
#include "x509/extension_writer.h"
#include "x509/name.h"

namespace everseal {
namespace {

constexpr auto signature_algorithm = crypto::SignatureAlgorithm::Sha256WithEcdsa;
constexpr int rounds = 5;
constexpr std::chrono::milliseconds round_length{1000};

struct Limit {
  double signs_per_second;
  double verifies_per_second;
  double certificates_per_second() const {
    return 1 / (1 / signs_per_second + 1 / verifies_per_second);
  }
};

// Its last line: " 256 bits ecdsa (nistp256)   0.0000s   0.0001s  40327.1  13082.5".
Limit openssl_speed(unsigned cores) {
  const std::string command = "openssl speed -elapsed -seconds 1 -multi " + std::to_string(cores) +
                              " ecdsap256 2>/dev/null | tail -1";
  std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  char line[256] = {};
  Limit limit{};
  if (!pipe || fgets(line, sizeof line, pipe.get()) == nullptr ||
      sscanf(line, " 256 bits ecdsa (nistp256) %*fs %*fs %lf %lf", &limit.signs_per_second,
             &limit.verifies_per_second) != 2) {
    std::fprintf(stderr, "openssl speed did not answer as expected: %s\n", line);
    std::exit(1);
  }
  return limit;
}

// As many as a server has that issues (docs/decisions/0005): signatures are verified together then.
constexpr unsigned workers = 64;

// How often so many threads together do it in a second.
double per_second(unsigned count, const std::function<void()>& work) {
  std::atomic<bool> over = false;
  std::atomic<long> done = 0;
  const auto start = std::chrono::steady_clock::now();
  {
    std::vector<std::jthread> threads;
    for (unsigned thread = 0; thread < count; ++thread) {
      threads.emplace_back([&] {
        long mine = 0;
        for (; !over.load(std::memory_order_relaxed); ++mine) work();
        done += mine;
      });
    }
    std::this_thread::sleep_for(round_length);
    over = true;
  }
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  return static_cast<double>(done) / elapsed.count();
}

double median(std::vector<double> values) {
  std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
  return values[values.size() / 2];
}

x509::Csr request(const crypto::PrivateKey& key, std::string_view common_name,
                  const std::vector<x509::Extension>& extensions) {
  const auto name = x509::NameBuilder()
                        .add(x509::oids::kOrganization, "Example Corp")
                        .add(x509::oids::kCommonName, common_name)
                        .build()
                        .value();
  const Bytes info = x509::build_csr_info(name.der(), key.public_key_info(), extensions);
  const Bytes signature = key.sign(signature_algorithm, info).value();
  return x509::Csr::parse(x509::assemble_csr(info, signature_algorithm, signature)).value();
}

x509::Csr leaf_request(const crypto::PrivateKey& key) {
  const x509::SubjectAlternativeName names{
      {x509::DnsName{"app.corp.internal"}, x509::DnsName{"*.app.corp.internal"}}};
  return request(key, "app.corp.internal",
                 {x509::to_extension(names, x509::Criticality::NotCritical)});
}

issuance::IssuedCertificate issued(const issuance::Issuer& issuer, const issuance::Order& order,
                                   TimePoint now, Random& random) {
  auto certificate = issuance::issue(issuer, order, now, random);
  if (!certificate) {
    std::fprintf(stderr, "not issued: %s\n", certificate.error().message.c_str());
    std::exit(1);
  }
  return *std::move(certificate);
}

issuance::Issuer root(TimePoint now, Random& random) {
  auto key = crypto::PrivateKey::generate(crypto::KeyAlgorithm::P256).value();
  const auto csr = request(key, "Example Root CA G1", {});
  const auto shared = std::make_shared<const keys::MemoryKey>(std::move(key));
  const auto certificate = issued(issuance::Issuer::without_certificate(shared),
                                  {.certificate_template = *issuance::find_template(
                                       "arn:aws:acm-pca:::template/RootCACertificate/V1"),
                                   .applicant = csr,
                                   .signature_algorithm = signature_algorithm,
                                   .validity = {issuance::ValidityPeriod::Type::Years, 10},
                                   .passthrough = {}},
                                  now, random);
  return issuance::Issuer::make(x509::Certificate::parse(certificate.der).value(), {}, shared,
                                {.crl_uri = "http://crl.corp.internal/crl/11111111.crl"})
      .value();
}

void print(Goals& goals, const char* what, double reached, double limit, double wanted) {
  const double ratio = reached / limit;
  std::printf("%-34s %9.0f/s   limit %9.0f/s   ratio %.2f (wanted: %.2f)%s\n", what, reached, limit,
              ratio, wanted, goals.judged(ratio >= wanted));
}

struct Series {
  std::vector<double> limit;
  std::vector<double> reached;
};

int run() {
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  const WallClock clock;
  SystemRandom random;
  const TimePoint now = clock.now();
  const auto issuer = root(now, random);
  const auto key = crypto::PrivateKey::generate(crypto::KeyAlgorithm::P256).value();
  const auto csr = leaf_request(key);
  const Bytes csr_der = to_bytes(csr.der());
  const issuance::ValidityPeriod a_year{issuance::ValidityPeriod::Type::Days, 365};

  const auto issue_once = [&] {
    const auto parsed = x509::Csr::parse(csr_der).value();
    static_cast<void>(issued(issuer,
                             {.certificate_template = issuance::default_template(),
                              .applicant = parsed,
                              .signature_algorithm = signature_algorithm,
                              .validity = a_year},
                             now, random));
  };
  const auto sign_once = [&] {
    static_cast<void>(key.sign(signature_algorithm, csr.info()).value());
  };
  const auto verify_once = [&] {
    const auto verifier = crypto::PublicKey::from_spki(csr.public_key_info()).value();
    if (!verifier.verify(signature_algorithm, csr.info(), csr.signature())) std::abort();
  };

  Series issues;
  Series signs;
  Series verifies;
  std::vector<double> issues_by_workers;
  std::vector<double> verifies_by_workers;
  for (int round = 0; round < rounds; ++round) {
    const Limit limit = openssl_speed(cores);
    issues.limit.push_back(limit.certificates_per_second());
    signs.limit.push_back(limit.signs_per_second);
    verifies.limit.push_back(limit.verifies_per_second);
    issues.reached.push_back(per_second(cores, issue_once));
    signs.reached.push_back(per_second(cores, sign_once));
    verifies.reached.push_back(per_second(cores, verify_once));
    issues_by_workers.push_back(per_second(workers, issue_once));
    verifies_by_workers.push_back(per_second(workers, verify_once));
  }
  std::printf("P-256 on %u cores, median of %d rounds; the limit is openssl speed ecdsap256\n",
              cores, rounds);
  Goals goals;
  print(goals, "sign", median(signs.reached), median(signs.limit), 0.95);
  print(goals, "verify, with a new key each time", median(verifies.reached), median(verifies.limit),
        0.95);
  print(goals, "issue: parse, verify, lint, sign", median(issues.reached), median(issues.limit),
        0.80);
  print(goals, "verify, by 64 threads", median(verifies_by_workers), median(verifies.limit), 0.90);
  print(goals, "issue, by 64 threads", median(issues_by_workers), median(issues.limit), 0.80);
  return goals.exit_code();
}

}  // namespace
}  // namespace everseal

int main() { return everseal::run(); }
