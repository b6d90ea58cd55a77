#include "services/acmpca/certificates/second_opinions.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "crypto/second_opinion.h"
#include "services/acmpca/authority/authority_arn.h"
#include "services/acmpca/certificates/certificate_store.h"
#include "x509/csr.h"

namespace everseal::acmpca {
namespace {

// At most so many, evenly spread over those above `last`; the newest is among them.
std::vector<std::int64_t> sample_of(std::int64_t last, std::int64_t newest, std::int64_t most) {
  const std::int64_t first = last == 0 ? std::max<std::int64_t>(0, newest - most) : last;
  const std::int64_t count = std::min(most, newest - first);
  std::vector<std::int64_t> ids;
  for (std::int64_t step = 1; step <= count; ++step) {
    ids.push_back(first + (newest - first) * step / count);
  }
  return ids;
}

}  // namespace

// A CA's key stays the one of its CSR.
struct SecondOpinions::Sample {
  std::string authority;
  Bytes csr;
  Bytes serial;
  Bytes certificate;

  using Found = Result<std::optional<Sample>>;
  static Found find(sql::Snapshot& view, std::int64_t id) {
    const auto row = view.one(
        "SELECT a.arn, a.csr, c.serial, c.der FROM acmpca_certificate c "
        "JOIN acmpca_certificate_authority a ON a.id = c.ca WHERE c.id = $1",
        id);
    if (!row) return row.error();
    if (!*row) return std::optional<Sample>{};
    return std::optional(
        Sample{(*row)->text(0), (*row)->blob(1), (*row)->blob(2), (*row)->blob(3)});
  }

  Outcome opinion() const {
    const auto request = x509::Csr::parse(csr);
    if (!request) return request.error();
    return crypto::second_opinion(certificate, request->public_key_info());
  }
};

Result<jobs::Verdict> SecondOpinions::ask() {
  const auto newest = database_.read([](sql::Snapshot& view) { return newest_certificate(view); });
  if (!newest) return newest.error();
  for (const std::int64_t id : sample_of(last_.load(), *newest, sample_)) {
    const auto sample = database_.read([&](sql::Snapshot& view) { return Sample::find(view, id); });
    if (!sample) return sample.error();
    if (*sample) judge(**sample);
  }
  last_ = *newest;
  return jobs::Verdict::done();
}

void SecondOpinions::judge(const Sample& sample) {
  ++asked_;
  const auto opinion = sample.opinion();
  if (opinion) return;
  ++disagreed_;
  const auto arn = AuthorityArn::parse(sample.authority);
  log_.error("certificate.second_opinion.disagrees",
             {{"certificate", arn ? certificate_arn(*arn, sample.serial) : sample.authority},
              {"cause", opinion.error().cause}});
}

}  // namespace everseal::acmpca
