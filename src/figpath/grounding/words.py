"""Words that stand on pathway figures and are no genes, although some gene has each of them among its names.

General knowledge of cell biology and of how figures are labelled; every entry is folded (lower case, letters and
digits only).
"""

from __future__ import annotations

ORGANELLES = frozenset(
    """er sr golgi erad erm tgn om im mam nucleus nucleolus cytosol cytoplasm membrane endosome lysosome mitochondria
    mitochondrion chloroplast vacuole peroxisome ribosome proteasome exosome vesicle matrix lumen filament microtubule
    cilia cilium axon dendrite synapse ecm bbb mtoc mvb""".split()
)

CELLS = frozenset(
    """dc dcs pdc mdc nk nkt ctl ctls treg tregs th th0 th1 th2 th9 th17 th22 tfh m1 m2 m0 tam tams caf cafs mdsc mdscs
    msc mscs hsc hscs esc escs ipsc ipscs npc npcs opc rbc rbcs wbc pmn pmns lsec lec lecs bec huvec ec ecs smc smcs
    vsmc ilc ilcs ilc2 ilc3 tnt bmdm bmdc pbmc mef mefs cho hek hela apc apcs mait emp lsk clp mep monocyte
    macrophage neutrophil platelet hepatocyte fibroblast tumor cell cells""".split()
)

PROCESSES = frozenset(
    """emt upr tca etc oxphos ros rns fao ddr ner ber hr nhej mmr erstress isr erad cma death damage growth stress
    survival cycle repair fusion entry exit budding release uptake transport translation transcription replication
    splicing degradation synthesis metabolism transcriptionfactor""".split()
)

LABELS = frozenset(
    """a b c d e f g h i j k l m n o p q r s t u v w x y z aa bb cc fig figure panel step phase stage type wt ko kd ctrl
    control vs no yes on off in out up down low high hi lo and or of the to for by with from at as is it an be day days
    week weeks min hr hrs hour hours mg kg ml um nm kda kb bp utr orf cds ires cdna ssrna dsdna ssdna nterm cterm tail
    head stem loop cap poly site sites gene genes protein proteins mrna mirna dna rna host virus viral bacteria
    bacterial mouse human rat signal signals pathway pathways factor factors receptor receptors ligand ligands kinase
    kinases phosphatase complex normal disease drug drugs target targets inhibitor blood bone brain liver lung heart
    skin gut fat muscle kidney light dark heat cold old young sea rest can has was all not set end far large small big
    neg pos act arm arms aim aims ice mice cats tube spin steps clock age aging image images minor major impact mass
    side sides fast slow sex hot art best pace task star""".split()
)

VIRUSES = frozenset(
    """hiv siv hcv hbv hdv hev hav ebv kshv hsv hcmv mcmv cmv vzv hpv iav ibv rsv rv hrv vsv sev ndv denv zikv wnv jev
    yfv chikv sars mers cov mhv prrsv csfv bvdv fmdv asfv vacv mva ebov marv lcmv lasv rvfv tmev emcv polio ev71
    cvb3 mouse phage bacteriophage virus viruses virion virions pamp pamps damp damps""".split()
)

ASSEMBLIES = frozenset("monomer dimer homodimer heterodimer trimer tetramer oligomer polymer complex subunit".split())

ENZYMES = frozenset(
    """enzyme enzymes helicase helicases peptidase peptidases protease proteases proteinase polymerase polymerases
    ligase ligases hydrolase nuclease exonuclease endonuclease synthase synthetase transferase reductase oxidase
    isomerase atpase gtpase lipase esterase hydroxylase dehydrogenase deacetylase acetylase methylase
    demethylase""".split()
)

NOT_GENES = ORGANELLES | CELLS | PROCESSES | LABELS | VIRUSES | ASSEMBLIES | ENZYMES
"""Folded words that are never taken for a gene, however they are written."""

NOT_CHEMICALS = frozenset(
    """protein proteins lipid lipids rna glycoprotein glycoproteins cofactor cofactors ion ions metal metals acid acids
    base bases solution drug drugs gas gases hormone hormones antigen antigens peptide peptides polypeptide polymer
    polymers enzyme enzymes ligand ligands agonist antagonist inhibitor inhibitors vitamin vitamins nutrient nutrients
    cytokine cytokines chemokine chemokines receptor receptors growthfactor growthfactors antibody antibodies toxin
    toxins group molecule molecules compound compounds sugar marker markers probe reagent dye label tag code matrix
    vector vectors plasmid plasmids transposon intron exon primer ring""".split()
)
"""Folded words for classes of chemicals, or for something else, that are never taken for a chemical."""

NOT_DISEASES = frozenset(
    """disease diseases syndrome infection infections virusinfection viralinfection inflammation inflammatoryresponse
    invasion death shock stress injury wound wounds pain fever bleeding damage defect defects disorder recovery
    progression recurrence carrier pathology symptom symptoms lesion lesions mutation
    coinfection""".split()
)
"""Folded words for states and processes that are never taken for a disease."""
