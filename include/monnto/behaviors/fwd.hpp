#pragma once

namespace monnto {

class AdaptiveExponential;
class CreateWeights;
class HindmarshRose;
class HodgkinHuxley;
class InstantHomeostasis;
class Izhikevich;
class LeakyIntegrateAndFire;
class NoxDiffusion;
class OneStepStdp;
class Refractory;
class SynapticNormalization;
class TimeIntegrationHomeostasis;
class TraceStdp;
class TripletStdp;
class WangBuzsaki;

}  // namespace monnto
